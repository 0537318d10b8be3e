/* Players, and the desk that knows them all. Both outlive the elements that Streamlit draws. */

const LOOK_MS = 250; // How often charts and elements are looked after while nothing plays.
const GONE_MS = 400; // An element that is only moved is back sooner.
const GONE_WHILE_RUNNING_MS = 4000; // Streamlit takes elements away first and puts them back later.
const CLICK_PIXELS = 5;

class Player {
  constructor(desk, key) {
    this.desk = desk;
    this.key = key;
    this.facts = null;
    this.view = null;
    this.roll = null;
    this.clip = null; // What is heard, or would be.
    this.next = null; // What has just arrived and is still being decoded.
    this.voice = null;
    this.ringing = null; // The last sound after its end.
    this.isActive = false;
    this.repeat = false;
    this.offset = 0; // Seconds, while nothing plays.
    this.request = 0; // Only the last of several wishes is fulfilled.
    this.page = location.pathname;
    this.goneSince = null;
    this.source = null; // The element by which its sound was sent ahead.
  }

  /** Facts and sound as they come from the server, again at every run of the page. */
  receive(facts, data, view) {
    const arrived = performance.now();
    const isFirst = this.facts === null;
    if (isFirst || facts.loop !== this.facts.loop) this.setRepeat(facts.loop);
    this.facts = facts;
    this.view = view;
    this.goneSince = null;
    this.page = location.pathname;
    if (!facts.compact) this.roll ??= new Roll(this.key);
    if (facts.reason) {
      this.pause();
      this.clip = this.next = null;
      this.offset = 0;
      return;
    }
    if (facts.hash === (this.next ?? this.clip)?.hash) return; // As it was, or on its way.
    const clip = new Clip(facts, data);
    if (this.isActive) {
      clip.arrived = arrived;
      this.exchange(clip);
      return;
    }
    this.clip = clip;
    this.next = null;
    this.offset = 0;
    if (facts.autoplay && this.desk.mayStart()) {
      clip.arrived = arrived;
      this.start();
    }
  }

  /** The same before the page around it is drawn: the controls come by `attach`. */
  receiveAhead(facts, data, source) {
    this.source = source;
    this.receive(facts, data, this.view);
    if (this.view?.player === this) {
      this.view.describe();
      this.show();
    }
  }

  /** The controls of what is sent ahead. */
  attach(facts, view) {
    this.facts ??= facts;
    this.view = view;
    this.goneSince = null;
    this.page = location.pathname;
    this.roll ??= new Roll(this.key);
  }

  /** Seconds of music that have passed at the loudspeaker. */
  position() {
    if (!this.voice) return this.offset;
    const { mixer } = this.desk;
    return this.voice.position(mixer.context.currentTime - mixer.latency);
  }

  quarters(seconds) { return this.clip ? this.clip.quarters(seconds) : 0; }

  /** Seconds of a quarter note where the music is now. */
  get beat() {
    if (!this.clip) return 1;
    const here = this.position();
    return Math.max(0.05, this.clip.at(this.clip.quarters(here) + 1) - here);
  }

  prepare() {
    if (this.clip && this.desk.mayStart()) this.clip.load(this.desk.mixer.open()).catch(() => {});
  }

  toggle() {
    if (this.isActive) this.pause();
    else this.start();
  }

  /** Play from where it stands, or from where `from` says at the moment of the first sample. */
  async start(from = () => this.offset) {
    const { clip } = this;
    if (!clip) return;
    this.isActive = true;
    const mine = (this.request += 1);
    this.desk.wake();
    const isReady = await this.ready(clip);
    if (mine !== this.request) return;
    if (!isReady) {
      this.isActive = false;
      this.desk.show(this);
      return;
    }
    const begin = from();
    this.desk.take(this);
    this.sound(begin >= clip.seconds - 0.01 ? 0 : Math.max(0, begin), begin > 0);
  }

  /** Decoded, and the context runs. */
  async ready(clip) {
    const { mixer } = this.desk;
    try {
      const [, isAwake] = await Promise.all([clip.load(mixer.open()), mixer.wake()]);
      if (!isAwake) this.view?.say("The browser allows sound after a click. Press play once more.");
      return isAwake;
    } catch {
      this.view?.say("This browser cannot play the sound.");
      return false;
    }
  }

  sound(from, fade) {
    this.ringing?.stop();
    this.ringing = null;
    this.voice?.stop();
    const voice = new Voice(this.desk.mixer, this.clip, { from, repeat: this.repeat, fade });
    // In the background no frame is drawn that would notice the end.
    voice.source.onended = () => { if (this.voice === voice) this.finish(); };
    this.voice = voice;
    this.view?.say("");
    this.report();
    this.desk.animate();
  }

  /** New music at the same place of the old one. */
  async exchange(clip) {
    this.next = clip;
    const mine = (this.request += 1);
    const isReady = await this.ready(clip);
    if (mine !== this.request) return;
    const old = this.clip;
    this.next = null;
    const here = clip.at(old.quarters(this.position()));
    this.clip = clip;
    this.view?.describe();
    if (!isReady) {
      this.pause();
      return;
    }
    this.desk.take(this);
    this.sound(here < clip.seconds ? here : 0, true);
  }

  pause() {
    this.request += 1;
    if (this.next) {
      this.clip = this.next;
      this.next = null;
      this.offset = 0;
    } else this.offset = this.position();
    this.voice?.stop();
    this.ringing?.stop();
    this.voice = this.ringing = null;
    this.isActive = false;
    this.desk.show(this);
  }

  /** At the end, what still rings may ring. */
  finish() {
    this.ringing = this.voice;
    this.voice = null;
    this.isActive = false;
    this.offset = 0;
    this.desk.show(this);
  }

  seek(seconds) {
    if (!this.clip) return;
    this.desk.focused = this;
    const wanted = Math.min(Math.max(0, seconds), this.clip.seconds);
    if (this.voice) {
      const isEnd = wanted >= this.clip.seconds - 0.01;
      if (isEnd && !this.repeat) this.finish();
      else this.sound(isEnd ? 0 : wanted, true);
    } else this.offset = wanted;
    this.desk.show(this);
  }

  setRepeat(repeat) {
    if (this.repeat === repeat) return;
    const here = this.position();
    this.repeat = repeat;
    if (this.voice) this.sound(here, true);
    this.desk.show(this);
  }

  tick() {
    const { voice } = this;
    if (voice && !voice.repeat && this.position() >= voice.period - 0.002) this.finish();
    this.show();
  }

  show() {
    if (!this.facts) return;
    this.view?.show();
    if (!this.roll || !this.view) return;
    const seconds = this.position();
    if (!this.clip || (!this.isActive && seconds === 0)) this.roll.clear();
    else {
      const whole = this.clip.quarters(seconds);
      const calm = this.isActive && this.desk.prefersCalm.matches;
      // Who wants less motion sees the line step from beat to beat.
      this.roll.draw(calm ? Math.floor(whole + 1e-6) : whole, this.view.colours(), this.isActive);
    }
  }

  /** For measurements: how long it took from the arrival of the sound until it was scheduled. */
  report() {
    if (this.clip.arrived === undefined) return;
    this.scheduledAfter = performance.now() - this.clip.arrived;
    this.clip.arrived = undefined;
    const detail = { key: this.key, hash: this.clip.hash, ms: this.scheduledAfter };
    window.dispatchEvent(new CustomEvent("midime:sound", { detail }));
  }

  /** For measurements and tests. */
  state() {
    return {
      hash: this.clip?.hash,
      isActive: this.isActive,
      isSounding: this.voice !== null,
      position: this.position(),
      quarters: this.quarters(this.position()),
      repeat: this.repeat,
      scheduledAfter: this.scheduledAfter,
      seconds: this.clip?.seconds,
      time: this.desk.mixer.context?.currentTime ?? 0,
    };
  }
}

class Desk {
  constructor() {
    this.players = new Map();
    this.mixer = new Mixer();
    this.focused = null;
    this.isAnimated = false;
    this.prefersCalm = matchMedia("(prefers-reduced-motion: reduce)");
    for (const type of ["pointerdown", "keydown"]) {
      // Once the visitor has done something, sound may come.
      document.addEventListener(type, () => { this.wake(); }, { capture: true, passive: true });
    }
    document.addEventListener("pointerdown", (event) => { this.down = event; }, true);
    document.addEventListener("pointerup", (event) => this.point(event), true);
    document.addEventListener("keydown", (event) => this.press(event));
    setInterval(() => this.look(), LOOK_MS);
  }

  player(key) {
    if (!this.players.has(key)) this.players.set(key, new Player(this, key));
    return this.players.get(key);
  }

  /** Whether the visitor has touched the page; before that nothing may sound by itself. */
  mayStart() {
    return navigator.userActivation ? navigator.userActivation.hasBeenActive : true;
  }

  wake() {
    if (this.players.size > 0 && this.mixer.context?.state !== "running" && this.mayStart()) {
      this.mixer.open().resume().catch(() => {});
    }
  }

  /** Only one is heard. */
  take(player) {
    for (const other of this.players.values()) if (other !== player && other.isActive) other.pause();
  }

  /** The players that are compared with this one, as they stand on the page; itself included. */
  pairOf(player) {
    const { pair } = player.facts;
    const isBefore = (a, b) => a.view.host.compareDocumentPosition(b.view.host) & Node.DOCUMENT_POSITION_PRECEDING;
    return [...this.players.values()]
      .filter((each) => pair !== null && each.facts?.pair === pair && each.view?.host.isConnected)
      .sort((a, b) => (isBefore(a, b) ? 1 : -1));
  }

  /** The other one of a pair, at the same place of the music. */
  swap(player) {
    const pair = this.pairOf(player).filter((each) => each.clip);
    if (pair.length < 2) return;
    const from = pair.find((each) => each.isActive) ?? player;
    const to = pair[(pair.indexOf(from) + 1) % pair.length];
    to.setRepeat(from.repeat);
    const place = () => to.clip.at(from.quarters(from.position()));
    const { isActive } = from;
    to.start(isActive ? place : undefined).then(() => {
      to.view?.say(`${to.view.badge.textContent} plays.`);
    });
  }

  setVolume(volume) {
    this.mixer.set({ volume, muted: false });
    this.showAll();
  }

  setMuted(muted = !this.mixer.muted) {
    this.mixer.set({ muted });
    this.showAll();
  }

  /** A click on a roll: the music goes on from there. */
  point(event) {
    const { down } = this;
    this.down = null;
    if (!down || event.button !== 0) return;
    if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) > CLICK_PIXELS) return;
    const target = down.target instanceof Element ? down.target : null;
    const chart = target?.closest(".js-plotly-plot");
    if (!chart || target.closest(".modebar, .legend")) return;
    for (const player of this.players.values()) {
      if (player.clip && player.roll?.find() === chart) {
        const quarters = player.roll.quartersAt(event.clientX, event.clientY);
        if (quarters === null) return;
        player.seek(player.clip.at(quarters));
        player.view?.box.focus({ preventScroll: true });
      }
    }
  }

  /** X swaps wherever nothing is being written. */
  press(event) {
    if (event.key?.toLowerCase() !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
    const [target] = event.composedPath();
    if (target instanceof HTMLElement) {
      const isWriting = target.isContentEditable || target.matches("textarea, select");
      if (isWriting || target.matches("input:not([type=range], [type=checkbox], [type=radio])")) return;
    }
    const paired = [...this.players.values()].filter((each) => this.pairOf(each).length > 1);
    const player = paired.find((each) => each.isActive) ?? paired.find((each) => each === this.focused);
    if (player) this.swap(player);
    else if (paired.length > 0) this.pairOf(paired[0])[0].start();
  }

  show(player) {
    player.show();
    if (player.facts?.pair) for (const other of this.pairOf(player)) if (other !== player) other.show();
  }

  showAll() { for (const player of this.players.values()) player.show(); }

  animate() {
    if (this.isAnimated) return;
    this.isAnimated = true;
    const frame = () => {
      const active = [...this.players.values()].filter((player) => player.isActive);
      for (const player of active) player.tick();
      this.isAnimated = active.length > 0;
      if (this.isAnimated) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** Charts may be drawn anew, and elements may go. */
  look() {
    for (const player of [...this.players.values()]) {
      if (player.view?.host.isConnected) {
        player.goneSince = null;
        if (!player.isActive && player.roll?.changed()) player.show();
      } else if (this.isGone(player)) {
        player.pause();
        player.roll?.clear();
        player.view?.tile?.close();
        // Controls may come back late; a sound that was sent ahead of them does not come again.
        if (player.source?.isConnected) player.view = null;
        else this.players.delete(player.key);
      }
    }
  }

  isGone(player) {
    player.goneSince ??= performance.now();
    const isRunning = document.querySelector("[data-testid=stApp][data-test-script-state=running]");
    const isElsewhere = player.page !== location.pathname;
    const patience = isElsewhere ? 0 : isRunning ? GONE_WHILE_RUNNING_MS : GONE_MS;
    return performance.now() - player.goneSince >= patience;
  }
}

const desk = (window.midimePlayers ??= new Desk());
const views = new WeakMap();
document.documentElement.classList.add("midime-player");

/** Four bytes that say how long the facts are, the facts as JSON, the sound. */
function unpack(message) {
  const size = new DataView(message.buffer, message.byteOffset, 4).getUint32(0, true);
  const facts = JSON.parse(new TextDecoder().decode(message.subarray(4, 4 + size)));
  return [facts, message.subarray(4 + size)];
}

export default function mount({ data, parentElement, setTriggerValue }) {
  const [facts, sound] = unpack(data);
  if (facts.place === "ahead") {
    desk.player(facts.key).receiveAhead(facts, sound, parentElement.host ?? parentElement);
    return undefined;
  }
  if (!views.has(parentElement)) views.set(parentElement, new View(parentElement));
  const view = views.get(parentElement);
  const player = desk.player(facts.key);
  if (facts.place === "stand") player.attach(facts, view);
  else player.receive(facts, sound, view);
  view.bind(player);
  if (facts.card) view.frame(facts.card, setTriggerValue);
  for (const other of desk.pairOf(player)) other.view.describe();
  player.show();
  return () => { setTimeout(() => desk.look(), 0); };
}
