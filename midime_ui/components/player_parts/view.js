/* The controls: what they show, and what they ask for. Text comes in as text only. */

const BADGES = "ABCDEFGH";
const READ_MS = 100; // Numbers that change faster nobody reads; the line over the roll moves smoothly.
const COLOURS_MS = 500; // A scheme may change while music plays.

class View {
  constructor(root) {
    this.root = root;
    this.host = root.host ?? root;
    this.player = null;
    this.said = {};
    this.written = 0;
    this.palette = null;
    this.lookedAt = 0;
  }

  /** Become the view of `player`, in one of the two forms. */
  bind(player) {
    const isTile = player.facts.compact;
    const [shown, other] = [isTile ? ".tile" : ".player", isTile ? ".player" : ".tile"];
    this.root.querySelector(other).hidden = true;
    this.box = this.root.querySelector(shown);
    this.box.hidden = false;
    const one = (name) => this.box.querySelector(`.${name}`);
    [this.play, this.seek, this.time, this.loop, this.mute, this.volume] =
      ["play", "seek", "time", "loop", "mute", "volume"].map(one);
    [this.compare, this.badge, this.swap, this.hint, this.says] =
      ["compare", "badge", "swap", "hint", "says"].map(one);
    if (isTile) this.tile ??= new Tile(this.box.querySelector("canvas"));
    if (this.player !== player) {
      this.listening?.abort();
      this.listening = new AbortController();
      this.player = player;
      this.listen(this.listening.signal);
    }
    this.said = {};
    this.describe();
  }

  /** Put a heading, words and buttons around the small roll. */
  frame(facts, tell) {
    this.card ??= new Card(this.root);
    this.card.show(facts, tell);
  }

  listen(signal) {
    const on = (element, type, act) => element?.addEventListener(type, act, { signal });
    on(this.play, "click", () => this.player.toggle());
    on(this.loop, "click", () => this.player.setRepeat(!this.player.repeat));
    on(this.mute, "click", () => this.player.desk.setMuted());
    on(this.volume, "input", () => this.player.desk.setVolume(this.volume.valueAsNumber));
    on(this.seek, "input", () => this.player.seek(this.seek.valueAsNumber));
    on(this.swap, "click", () => this.player.desk.swap(this.player));
    on(this.box, "keydown", (event) => this.press(event));
    // Decoding takes a moment: begin when a hand comes near.
    for (const type of ["pointerenter", "focusin"]) on(this.box, type, () => this.player.prepare());
    on(this.box, "focusin", () => { this.player.desk.focused = this.player; });
    on(this.box, "pointerdown", () => { this.player.desk.focused = this.player; });
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.player.facts.reason) return;
    const { player } = this;
    const isButton = event.target.closest("button") !== null;
    const isVolume = event.target === this.volume;
    const step = player.beat;
    const acts = {
      k: () => player.toggle(),
      l: () => player.setRepeat(!player.repeat),
      m: () => player.desk.setMuted(),
    };
    if (!isButton) acts[" "] = acts.k; // A button is pressed by it anyway.
    if (!isVolume) {
      acts.ArrowLeft = () => player.seek(player.position() - step);
      acts.ArrowRight = () => player.seek(player.position() + step);
      if (event.target === this.seek) {
        [acts.ArrowDown, acts.ArrowUp] = [acts.ArrowLeft, acts.ArrowRight];
      }
    }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // Streamlit has keys of its own.
    act();
  }

  /** What does not move: names, reasons, which of a pair this is. */
  describe() {
    const { facts } = this.player;
    const { reason = "" } = facts;
    this.box.setAttribute("aria-label", facts.title);
    this.box.classList.toggle("is-silent", reason !== "");
    for (const control of this.box.querySelectorAll("button, input")) control.disabled = reason !== "";
    this.say(reason);
    if (!this.compare) return;
    const pair = this.player.desk.pairOf(this.player);
    this.compare.hidden = facts.pair === null;
    this.badge.textContent = BADGES[pair.indexOf(this.player)] ?? "";
    this.swap.disabled = reason !== "" || pair.length < 2;
    this.seek.max = String(this.player.clip?.seconds ?? 1);
  }

  say(words) {
    if (this.says.textContent !== words) this.says.textContent = words;
  }

  /** What moves. Attributes are only written when they change: this happens at every frame. */
  show() {
    const { player } = this;
    if (!this.box) return;
    this.box.classList.toggle("is-active", player.isActive);
    const verb = player.isActive ? "Pause" : "Play";
    const { title, compact } = player.facts;
    this.set(this.play, "aria-label", compact ? `${verb}: ${title}` : verb);
    this.set(this.play, "title", compact ? verb : `${verb} (Space)`);
    const seconds = player.position();
    if (this.tile) {
      const isTouched = player.isActive || seconds > 0;
      this.tile.draw(player.facts, isTouched ? player.quarters(seconds) : null, this.colours());
      return;
    }
    const now = performance.now();
    if (player.isActive && now - this.written < READ_MS) return;
    this.written = now;
    const { mixer } = player.desk;
    const length = player.clip?.seconds ?? 0;
    const shown = `${clock(seconds)} / ${clock(length)}`;
    if (this.said.time !== shown) this.time.textContent = this.said.time = shown;
    this.seek.value = String(seconds);
    // Not while it moves by itself: a reader would speak without end.
    if (!player.isActive) {
      this.set(this.seek, "aria-valuetext", `${seconds.toFixed(1)} of ${length.toFixed(1)} seconds`);
    }
    this.set(this.loop, "aria-pressed", String(player.repeat));
    this.set(this.mute, "aria-pressed", String(mixer.muted));
    if (this.volume.valueAsNumber !== mixer.volume) this.volume.value = String(mixer.volume);
    if (player.facts.pair !== null) {
      const hint = player.isActive ? "You hear this one." : "";
      if (this.said.hint !== hint) this.hint.textContent = this.said.hint = hint;
    }
  }

  set(element, name, value) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }

  colours() {
    const now = performance.now();
    if (this.palette && now - this.lookedAt < COLOURS_MS) return this.palette;
    this.lookedAt = now;
    const style = getComputedStyle(this.host);
    const of = (name) => style.getPropertyValue(`--st-${name}`).trim();
    this.palette = { text: of("text-color") || "currentColor", glow: of("primary-color") || "currentColor" };
    return this.palette;
  }
}

function clock(seconds) {
  const whole = Math.floor(seconds + 0.001);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
