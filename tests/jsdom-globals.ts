import { TextDecoder, TextEncoder } from 'node:util';
import { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import { deserialize, serialize } from 'node:v8';

/**
 * What browsers have, @grafana/* reads on import or on rendering, and jsdom lacks. Layout is none in jsdom: every box
 * gets a size, without which the lists of a Combobox show no option.
 */
Object.assign(globalThis, {
  structuredClone: (value: unknown) => deserialize(serialize(value)) as unknown,
  TextDecoder,
  TextEncoder,
  ReadableStream,
  TransformStream,
  WritableStream,
  matchMedia: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }),
  ResizeObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
  IntersectionObserver: class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
});

const width = 1000;
const height = 2000;
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, width, height);
Object.defineProperties(HTMLElement.prototype, { offsetWidth: { value: width }, offsetHeight: { value: height } });
Object.defineProperties(Element.prototype, { clientWidth: { value: width }, clientHeight: { value: height } });
Object.assign(HTMLCanvasElement.prototype, { getContext: () => ({ measureText: () => ({ width: 10 }) }) });
Element.prototype.scrollIntoView = () => undefined;
