// The few touches of the DOM that every view needs.

/** An element of our own index.html; its absence is a bug of ours and not of the network. */
export function need(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no element "${id}"`);
  return element;
}

/** Writes only what differs. Always as text: a token may be named like a tag. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or, with undefined, removes a data-* attribute; writes only what differs. */
export function setData(element: HTMLElement, name: string, value: string | undefined): void {
  if (element.dataset[name] === value) return;
  if (value === undefined) delete element.dataset[name];
  else element.dataset[name] = value;
}
