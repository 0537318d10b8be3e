/* Says when the hand that moves the sliders has come to rest. Nothing of it is seen. */

const REST_MS = 700; // A hand that is looking for something moves again sooner, and would wait for what is below.

const rest = (window.midimeRest ??= new (class {
  constructor() {
    this.timer = null;
    this.say = null;
    const on = (type, act) => document.addEventListener(type, act, { capture: true, passive: true });
    // Whoever turns to what is below wants it to be of now; whoever goes on moving, later.
    for (const type of ["pointerover", "pointerdown", "focusin"]) {
      on(type, (event) => { if (this.say && isBelow(event.target)) this.end(); });
    }
    for (const type of ["keydown", "pointerdown", "pointermove"]) {
      on(type, (event) => {
        const isMoving = type !== "pointermove" || event.buttons > 0;
        if (this.say && isMoving && !isBelow(event.target)) this.begin(this.say);
      });
    }
  }

  /** Another position; `say` tells the server, unless it knows already. */
  begin(say) {
    clearTimeout(this.timer);
    this.say = say;
    document.documentElement.classList.toggle("midime-behind", say !== null);
    if (say) this.timer = setTimeout(() => this.end(), REST_MS);
  }

  end() {
    const { say } = this;
    this.begin(null);
    say();
  }
})());

function isBelow(target) { return target instanceof Element && target.closest(".st-key-below") !== null; }

export default function mount({ data, setTriggerValue }) {
  rest.begin(data.behind ? () => setTriggerValue("rested", data.position) : null);
}
