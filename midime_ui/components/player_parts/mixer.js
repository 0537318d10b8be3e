/* The way from sounds to the loudspeaker, one for the whole page. */

const FADE_SECONDS = 0.03; // Long enough not to click, too short to be heard as a fade.
const AHEAD_SECONDS = 0.005; // Two blocks of the audio thread.
const WAKE_MS = 1500;
const SAMPLE_RATE = 44100; // Of the sounds that come: to decode into another one takes twice as long.

class Mixer {
  constructor() {
    this.context = null;
    this.volume = remembered("midime.volume", 0.8);
    this.muted = remembered("midime.muted", 0) === 1;
  }

  /** The context; a browser lets it run after the first gesture. */
  open() {
    if (!this.context) {
      this.context = new AudioContext({ latencyHint: "interactive", sampleRate: SAMPLE_RATE });
      this.output = this.context.createGain();
      this.output.connect(this.context.destination);
      this.adjust();
    }
    return this.context;
  }

  /** Whether sound comes out; asks the browser, and does not wait for ever. */
  async wake() {
    const context = this.open();
    if (context.state !== "running") {
      const patience = new Promise((resolve) => { setTimeout(resolve, WAKE_MS); });
      await Promise.race([context.resume().catch(() => {}), patience]);
    }
    return context.state === "running";
  }

  set({ volume = this.volume, muted = this.muted }) {
    this.volume = Math.min(1, Math.max(0, volume));
    this.muted = muted;
    remember("midime.volume", this.volume);
    remember("midime.muted", Number(this.muted));
    this.adjust();
  }

  adjust() {
    // Loudness is felt in powers: half the way is a quarter of the amplitude.
    const gain = this.muted ? 0 : this.volume ** 2;
    if (this.context) this.output.gain.setTargetAtTime(gain, this.context.currentTime, 0.01);
  }

  /** What is heard now was scheduled so many seconds ago. */
  get latency() { return this.context?.outputLatency || 0; }
}

/** One sound while it plays. */
class Voice {
  constructor(mixer, clip, { from, repeat, fade }) {
    const { context } = mixer;
    this.context = context;
    this.clip = clip;
    this.repeat = repeat;
    this.from = from;
    this.began = context.currentTime + AHEAD_SECONDS;
    this.gain = context.createGain();
    this.gain.connect(mixer.output);
    this.gain.gain.setValueAtTime(fade ? 0 : 1, this.began);
    if (fade) this.gain.gain.linearRampToValueAtTime(1, this.began + FADE_SECONDS);
    this.source = context.createBufferSource();
    this.source.buffer = repeat ? clip.repeated(context) : clip.buffer;
    this.period = clip.frames / clip.buffer.sampleRate;
    if (repeat) {
      this.source.loop = true;
      this.source.loopStart = this.period;
      this.source.loopEnd = 2 * this.period;
    }
    this.source.connect(this.gain);
    this.source.start(this.began, from);
  }

  /** Seconds of music passed at a moment of the context. */
  position(moment) {
    const passed = this.from + Math.max(0, moment - this.began);
    return this.repeat ? passed % this.period : Math.min(passed, this.period);
  }

  stop() {
    const now = this.context.currentTime;
    this.gain.gain.cancelScheduledValues(now);
    this.gain.gain.setValueAtTime(this.gain.gain.value, now);
    this.gain.gain.linearRampToValueAtTime(0, now + FADE_SECONDS);
    this.source.stop(now + FADE_SECONDS + 0.01);
  }
}

function remembered(name, otherwise) {
  try {
    const value = Number.parseFloat(localStorage.getItem(name));
    return Number.isFinite(value) ? value : otherwise;
  } catch {
    return otherwise; // Storage may be forbidden; the volume is then as usual.
  }
}

function remember(name, value) {
  try { localStorage.setItem(name, String(value)); } catch { /* See above. */ }
}
