/** Chromium draws nothing beyond some 33 million pixels; longer grids scroll on a shortened scale. */
export const tallest = 15_000_000;

/** What part of the grid is seen, in pixels of its full size. */
export interface View {
  readonly top: number;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  /** What stands at `y` of the full size is drawn at `y + shift` of the scrolled element. */
  readonly shift: number;
}

/** Before anything was measured. */
export const unseen: View = { top: 0, left: 0, width: 0, height: 0, shift: 0 };

interface Extent {
  /** All rows, in pixels. */
  readonly full: number;
  /** What stands fixed above the rows, and left of the columns. */
  readonly head: number;
  readonly side: number;
}

/** A rectangle of the full size. */
export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Maps an element's scroll place to a place among all rows, also where those are too many for its height. */
export class Scroller {
  #element: HTMLElement | undefined;
  #extent: Extent = { full: 0, head: 0, side: 0 };
  #place: { top: number; left: number };
  #set = Number.NaN;
  #view = unseen;
  #tell: () => void = () => {};

  constructor(start: { readonly top: number; readonly left: number }) {
    this.#place = { ...start };
  }

  /** What is seen now; the same object until it changes. */
  get view(): View {
    return this.#view;
  }

  /** For React's external stores: tells of changes until the returned function is called. */
  subscribe = (tell: () => void): (() => void) => {
    this.#tell = tell;
    return () => {
      this.#tell = () => {};
    };
  };

  /** What is seen now is to be drawn. */
  tell(): void {
    this.#tell();
  }

  attach(element: HTMLElement, extent: Extent): void {
    this.#element = element;
    this.#extent = extent;
    this.scrollTo(this.#place.top, this.#place.left);
  }

  /** Where it stands now. */
  get place(): { readonly top: number; readonly left: number } {
    return this.#place;
  }

  scrollTo(top: number, left: number): void {
    const element = this.#element;
    if (!element) return;
    const { end, ratio } = this.#scale(element);
    this.#place = { top: Math.max(0, Math.min(top, end)), left: Math.max(0, left) };
    element.scrollTop = this.#place.top / ratio;
    element.scrollLeft = this.#place.left;
    this.#set = element.scrollTop;
    this.measure();
    this.#tell();
  }

  /** Scrolls as little as needed to show a rectangle. */
  show({ top, bottom, left, right }: Rectangle): void {
    const element = this.#element;
    if (!element) return;
    const { head, side } = this.#extent;
    this.scrollTo(
      nearest(this.#place.top, element.clientHeight - head, top, bottom),
      nearest(this.#place.left, element.clientWidth - side, left, right),
    );
  }

  /** The element was scrolled: by us, and then the exact place is known, or by hand. */
  scrolled(): void {
    const element = this.#element;
    if (!element || element.clientHeight === 0) return;
    const { ratio } = this.#scale(element);
    const ours = Math.abs(element.scrollTop - this.#set) < 1;
    if (!ours) this.#set = Number.NaN;
    this.#place = { top: ours ? this.#place.top : element.scrollTop * ratio, left: element.scrollLeft };
    this.measure();
  }

  /** On a shortened scale a turn of the wheel still moves by its own length. */
  wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.deltaY === 0 || event.shiftKey) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1;
    this.scrollTo(this.#place.top + event.deltaY * unit, this.#place.left + event.deltaX * unit);
  }

  measure(): void {
    const element = this.#element;
    if (!element || element.clientHeight === 0) return;
    const { top, left } = this.#place;
    const { clientWidth: width, clientHeight: height, scrollTop } = element;
    const view = { top, left, width, height, shift: scrollTop - top };
    const same = (Object.keys(view) as (keyof View)[]).every((key) => view[key] === this.#view[key]);
    if (!same) this.#view = view;
  }

  #scale(element: HTMLElement): { readonly end: number; readonly ratio: number } {
    const { full, head } = this.#extent;
    const end = Math.max(0, full + head - element.clientHeight);
    const scrolled = Math.max(1, Math.min(full, tallest) + head - element.clientHeight);
    return { end, ratio: full > tallest ? end / scrolled : 1 };
  }
}

function nearest(now: number, size: number, from: number, to: number): number {
  if (from < now) return from;
  return to > now + size ? Math.max(0, Math.min(from, to - size)) : now;
}
