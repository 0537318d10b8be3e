/* What stands around the small roll of a card. Buttons stay the same while they are asked for again,
   so that a keyboard does not lose its place. */

class Card {
  constructor(root) {
    [this.heading, this.words, this.buttons] =
      [".heading", ".words", ".actions"].map((name) => root.querySelector(name));
    this.tell = null;
  }

  /** `tell` says to the server which button was pressed. */
  show({ heading, words, actions }, tell) {
    this.tell = tell;
    this.write(this.heading, heading);
    this.write(this.words, words);
    this.buttons.hidden = actions.length === 0;
    while (this.buttons.children.length > actions.length) this.buttons.lastChild.remove();
    while (this.buttons.children.length < actions.length) this.buttons.append(this.button());
    actions.forEach((action, i) => this.label(this.buttons.children[i], action));
  }

  write(element, text) {
    element.hidden = text === "";
    element.textContent = text;
  }

  button() {
    const button = document.createElement("button");
    button.type = "button";
    const [icon, label] = ["icon", "label"].map((name) => {
      const span = document.createElement("span");
      span.className = name;
      return span;
    });
    // The name of a symbol, which the font draws as one.
    icon.setAttribute("aria-hidden", "true");
    icon.translate = false;
    button.append(icon, label);
    button.addEventListener("click", () => this.tell(button.name, true));
    return button;
  }

  label(button, { name, label, icon, help, is_off }) {
    button.name = name;
    button.title = help;
    button.disabled = is_off;
    button.children[0].textContent = icon;
    button.children[1].textContent = label;
  }
}
