// Lets somebody notice: what is new is counted in the title, and told by a sound if they want one.

const title = document.title;
const seenKey = "inbox.seen";
const soundKey = "inbox.sound";

/** Which cards somebody has turned to, by the message that made each what it was. Kept by the browser. */
export class Unread {
  seen = new Map(Object.entries(remembered(seenKey) ?? {}));

  isUnread({ id, now }) {
    return !now.isQuiet && this.seen.get(id) !== now.changedBy;
  }

  /** @returns whether that was news */
  markRead(card) {
    if (!this.isUnread(card)) return false;
    this.seen.set(card.id, card.now.changedBy);
    return true;
  }

  /** Forgets what is gone, and keeps the rest for the next time that the page is opened. */
  keep(cards) {
    const ids = new Set(cards.map(({ id }) => id));
    for (const id of this.seen.keys()) if (!ids.has(id)) this.seen.delete(id);
    const text = JSON.stringify(Object.fromEntries(this.seen));
    if (text !== this.kept) remember(seenKey, text);
    this.kept = text;
  }
}

/** How many are unread. */
export function showCount(count) {
  const wanted = count === 0 ? title : `(${count}) ${title}`;
  if (document.title !== wanted) document.title = wanted;
}

/** A sound, off by default. */
export class Sound {
  isOn = remembered(soundKey) === true;

  /** @param onSilenced told whether the browser keeps the page silent until somebody acts on it */
  constructor(onSilenced) {
    this.onSilenced = onSilenced;
    if (this.isOn) this.prepare();
    for (const event of ["pointerdown", "keydown"]) {
      document.addEventListener(event, () => this.isOn && this.prepare(), { passive: true });
    }
  }

  turn(isOn) {
    this.isOn = isOn;
    remember(soundKey, JSON.stringify(isOn));
    if (isOn) this.play();
    else this.onSilenced(false);
  }

  prepare() {
    this.context ??= new AudioContext();
    const tell = () => this.onSilenced(this.isOn && this.context.state !== "running");
    this.context.onstatechange = tell;
    if (this.context.state === "running") tell();
    else {
      tell();
      // Stays as it is until the browser lets it.
      void this.context.resume().then(tell, tell);
    }
  }

  /** Two tones. */
  play() {
    if (!this.isOn) return;
    this.prepare();
    const { context } = this;
    for (const [index, frequency] of [660, 880].entries()) {
      const start = context.currentTime + index * 0.22;
      const tone = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.25, start + 0.02);
      volume.gain.linearRampToValueAtTime(0, start + 0.2);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.21);
    }
  }
}

function remembered(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch {
    // A browser that keeps nothing: it holds as long as the page is open.
  }
}
