/* The small roll of a player among many: drawn by ourselves, since eight charts would be slow. */

const KEPT_OPACITY = 0.28; // As in the large roll: pale inside, with a rim.

class Tile {
  constructor(canvas) {
    this.canvas = canvas;
    this.facts = null;
    this.watch = new ResizeObserver(() => this.redraw?.());
    this.watch.observe(canvas);
  }

  draw(facts, quarters, colours) {
    this.redraw = () => this.draw(facts, quarters, colours);
    const { canvas } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    const scale = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const [pad, now] = [4, quarters === null ? -1 : quarters / facts.quarters];
    const [inner, tall] = [width - 2 * pad, height - 2 * pad];
    for (const [x, y, long, high, part, kept] of facts.boxes) {
      const box = [pad + x * inner, pad + y * tall, Math.max(1.5, long * inner), Math.max(1.5, high * tall)];
      const isNow = x <= now && now < x + long;
      pen.fillStyle = facts.colours[part];
      pen.globalAlpha = kept ? KEPT_OPACITY : 1;
      pen.fillRect(...box);
      pen.globalAlpha = 1;
      if (kept || isNow) {
        pen.strokeStyle = isNow ? colours.text : facts.colours[part];
        pen.lineWidth = isNow ? 2 : 1;
        pen.strokeRect(...box);
      }
    }
    if (quarters === null) return;
    pen.fillStyle = colours.text;
    pen.fillRect(pad + Math.min(1, now) * inner - 1, 0, 2, height);
  }

  close() { this.watch.disconnect(); }
}
