/* One sound and where its quarter notes are. */

class Clip {
  /** `facts.knots` are pairs of seconds and quarter notes; `data` is an audio file. */
  constructor(facts, data) {
    this.hash = facts.hash;
    this.seconds = facts.seconds;
    this.knots = facts.knots;
    this.data = data;
    this.buffer = null;
    this.round = null;
    this.loading = null;
  }

  /** Decode, once. */
  load(context) {
    this.loading ??= context.decodeAudioData(this.data.slice().buffer).then((buffer) => {
      this.buffer = buffer;
      this.data = null;
      return this;
    });
    return this.loading;
  }

  quarters(seconds) { return between(this.knots, 0, 1, seconds); }

  at(quarters) { return between(this.knots, 1, 0, quarters); }

  /** Frames from the first note to the end of the last bar. */
  get frames() { return Math.max(1, Math.round(this.seconds * this.buffer.sampleRate)); }

  /**
   * The music twice; in the second round, what still rings from the first is heard as well.
   * A source that repeats the second round has an exact length and does not cut any note.
   */
  repeated(context) {
    if (this.round) return this.round;
    const n = this.frames;
    const { numberOfChannels, sampleRate } = this.buffer;
    this.round = context.createBuffer(numberOfChannels, 2 * n, sampleRate);
    for (let channel = 0; channel < numberOfChannels; channel += 1) {
      const once = this.buffer.getChannelData(channel);
      const twice = this.round.getChannelData(channel);
      twice.set(once.subarray(0, n), 0);
      twice.set(once.subarray(0, n), n);
      for (let i = n; i < once.length; i += 1) twice[n + ((i - n) % n)] += once[i];
    }
    return this.round;
  }
}

/** The straight line between neighbouring knots, from column `x` to column `y`. */
function between(knots, x, y, value) {
  let i = 1;
  while (i < knots.length - 1 && knots[i][x] <= value) i += 1;
  const [a, b] = [knots[i - 1], knots[i] ?? knots[i - 1]];
  const width = b[x] - a[x];
  return width > 0 ? a[y] + ((value - a[x]) / width) * (b[y] - a[y]) : a[y];
}
