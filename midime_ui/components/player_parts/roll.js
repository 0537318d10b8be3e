/* The line that moves over a Plotly chart, and the notes that sound. The chart is never changed. */

const MOST_MARKS = 32;
const SLOTS = 512;

class Roll {
  constructor(key) {
    this.place = `.st-key-${CSS.escape(className(key))}_roll`;
    this.chart = null;
    this.layer = null;
    this.seen = "";
    this.notes = null;
    this.slots = [];
    this.shown = ""; // What was written last: the layer is written to only when something changes.
    this.marked = "";
  }

  /** The chart with its axes, or null while there is none. */
  find() {
    if (!this.chart?.isConnected) this.chart = document.querySelector(`${this.place} .js-plotly-plot`);
    const layout = this.chart?._fullLayout;
    return layout?.xaxis?._length > 0 && layout._size ? this.chart : null;
  }

  /** Whether the chart was drawn anew, zoomed or resized since the last time. */
  changed() {
    if (!this.find()) return false;
    const { xaxis } = this.chart._fullLayout;
    const now = [xaxis._offset, xaxis._length, this.chart._fullLayout.height, ...xaxis.range].join();
    const isSame = now === this.seen && this.layer?.isConnected && this.notes === this.chart._fullData;
    this.seen = now;
    return !isSame;
  }

  /** The quarter note under a point of the window, or null beside the plot. */
  quartersAt(x, y) {
    if (!this.find()) return null;
    const { xaxis, _size } = this.chart._fullLayout;
    const frame = this.chart.querySelector(".svg-container").getBoundingClientRect();
    const [left, top] = [x - frame.left - xaxis._offset, y - frame.top - _size.t];
    const isInside = left >= 0 && left <= xaxis._length && top >= 0 && top <= _size.h;
    return isInside ? xaxis.p2d(left) : null;
  }

  draw(quarters, colours, isActive) {
    if (!this.find()) return;
    this.lay(colours);
    const { xaxis, _size } = this.chart._fullLayout;
    const x = xaxis.d2p(quarters);
    const isVisible = x >= -1 && x <= xaxis._length + 1;
    const shown = [isVisible, _size.t, _size.h, isActive].join();
    if (this.shown !== shown) {
      this.shown = shown;
      this.line.style.display = isVisible ? "block" : "none";
      this.line.style.top = `${_size.t}px`;
      this.line.style.height = `${_size.h}px`;
      this.line.style.opacity = isActive ? "1" : "0.65";
    }
    this.line.style.transform = `translateX(${(xaxis._offset + x - 1).toFixed(2)}px)`;
    this.mark(isActive ? quarters : null);
  }

  clear() {
    this.layer?.remove();
    this.layer = null;
  }

  /** Put the layer where Plotly measures from; a chart that is drawn anew may have dropped it. */
  lay({ text, glow }) {
    const frame = this.chart.querySelector(".svg-container");
    if (this.layer?.parentNode !== frame) {
      this.clear();
      this.layer = document.createElement("div");
      this.layer.className = "midime-layer";
      this.layer.setAttribute("aria-hidden", "true");
      this.layer.style.cssText = "position:absolute;inset:0;overflow:hidden;pointer-events:none;z-index:5";
      this.line = document.createElement("div");
      this.line.className = "midime-playhead";
      this.line.style.cssText = "position:absolute;left:0;width:2px;will-change:transform";
      this.layer.append(this.line);
      this.marks = [];
      frame.append(this.layer);
      this.shown = this.marked = "";
      this.colours = {};
    }
    if (this.colours.text === text && this.colours.glow === glow) return;
    this.line.style.background = text;
    this.line.style.boxShadow = `0 0 6px ${glow}`;
    this.colours = { text, glow };
    this.marked = "";
  }

  mark(quarters) {
    const { _fullLayout: layout } = this.chart;
    const [first, last] = layout.xaxis.range; // A zoomed chart shows less than there is.
    const isShown = (note) => note.to > first && note.from < last;
    const found = quarters === null ? [] : this.sounding(quarters).filter(isShown).slice(0, MOST_MARKS);
    const { _offset, _length } = layout.xaxis;
    const heights = found.map((note) => layout[note.axis].d2p(note.row));
    const marked = [first, last, _offset, _length, ...found.map((note) => note.from), ...heights].join();
    if (this.marked === marked) return;
    this.marked = marked;
    while (this.marks.length < found.length) {
      const mark = document.createElement("div");
      mark.className = "midime-note";
      mark.style.cssText = "position:absolute;left:0;top:0;box-sizing:border-box;border-radius:2px";
      this.layer.append(mark);
      this.marks.push(mark);
    }
    this.marks.forEach((mark, i) => {
      const note = found[i];
      mark.style.display = note ? "block" : "none";
      if (!note) return;
      const [from, to] = [note.from, note.to].map((value) => layout.xaxis.d2p(value));
      const left = Math.max(0, from);
      const width = Math.min(layout.xaxis._length, to) - left;
      const axis = layout[note.axis];
      const [top, bottom] = [axis.d2p(note.row + note.half), axis.d2p(note.row - note.half)];
      mark.style.width = `${Math.max(0, width) + 2}px`;
      mark.style.height = `${bottom - top + 2}px`;
      mark.style.transform = `translate(${layout.xaxis._offset + left - 1}px, ${axis._offset + top - 1}px)`;
      mark.style.border = `2px solid ${this.colours.text}`;
      mark.style.boxShadow = `0 0 8px 1px ${this.colours.glow}`;
    });
  }

  /** Notes at a moment: what the figure itself has drawn, sorted into slots of time. */
  sounding(quarters) {
    const { _fullData: data } = this.chart;
    if (this.notes !== data) {
      this.notes = data;
      this.index(drawnNotes(data));
    }
    const slot = this.slots[Math.min(SLOTS - 1, Math.floor(quarters / this.step))] ?? [];
    return slot.filter((note) => note.from <= quarters && quarters < note.to);
  }

  index(notes) {
    const end = notes.reduce((most, note) => Math.max(most, note.to), 1);
    this.step = end / SLOTS;
    this.slots = Array.from({ length: SLOTS }, () => []);
    for (const note of notes) {
      const last = Math.min(SLOTS - 1, Math.floor(note.to / this.step));
      for (let i = Math.floor(note.from / this.step); i <= last; i += 1) this.slots[i].push(note);
    }
  }
}

function drawnNotes(traces) {
  const notes = [];
  for (const trace of traces) {
    if (trace.type !== "bar" || trace.visible !== true || !trace.base?.length) continue;
    const axis = `yaxis${(trace.yaxis ?? "y").slice(1)}`;
    const half = (Number(trace.width) || 0.8) / 2;
    for (let i = 0; i < trace.base.length; i += 1) {
      const from = trace.base[i];
      notes.push({ from, to: from + trace.x[i], row: trace.y[i], half, axis });
    }
  }
  return notes;
}

/** As Streamlit writes a key into a class. */
function className(key) { return key.trim().replaceAll(/[^a-zA-Z0-9_-]/g, "-"); }
