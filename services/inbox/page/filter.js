// Which cards are shown. The choice is in the address, so that a link keeps it.

const names = ["service", "receiver", "status"];

export class Filter {
  /** @param onChange told when somebody chooses */
  constructor(form, onChange) {
    this.controls = Object.fromEntries(names.map((name) => [name, form.elements[name]]));
    const query = new URLSearchParams(location.search);
    for (const [name, control] of Object.entries(this.controls)) {
      const value = query.get(name) ?? "";
      if (value === "") continue;
      // What is not offered yet comes with the messages; a status that there is not is no choice.
      if (name !== "status") control.append(new Option(value, value));
      control.value = value;
      if (control.selectedIndex < 0) control.value = "";
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      if (!(target.name in this.controls)) return;
      this.keepInAddress();
      onChange();
    });
  }

  allows({ now }) {
    const { service, receiver, status } = this.controls;
    return (
      (service.value === "" || now.service === service.value) &&
      (receiver.value === "" || now.receivers.includes(receiver.value)) &&
      (status.value === "" || now.status === status.value)
    );
  }

  /** Offers the services and receivers that there are; what is chosen stays, even when its messages are gone. */
  offer(cards) {
    offerIn(
      this.controls.service,
      cards.map(({ now }) => now.service),
    );
    offerIn(
      this.controls.receiver,
      cards.flatMap(({ now }) => now.receivers),
    );
  }

  keepInAddress() {
    const query = new URLSearchParams(location.search);
    for (const [name, { value }] of Object.entries(this.controls)) {
      if (value === "") query.delete(name);
      else query.set(name, value);
    }
    const text = query.size > 0 ? `?${query}` : "";
    history.replaceState(history.state, "", `${location.pathname}${text}${location.hash}`);
  }
}

/** Changes no more than it has to: a list that somebody has open stays as it is. */
function offerIn(control, found) {
  const wanted = [...new Set([...found, control.value])].filter((name) => name !== "").sort();
  for (const option of [...control.options].slice(1)) if (!wanted.includes(option.value)) option.remove();
  wanted.forEach((name, index) => {
    const next = control.options[index + 1];
    if (next?.value !== name) control.add(new Option(name, name), next ?? null);
  });
}
