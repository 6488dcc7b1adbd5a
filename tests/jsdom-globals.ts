import { TextDecoder, TextEncoder } from 'node:util';
import { ReadableStream, TransformStream, WritableStream } from 'node:stream/web';
import { MessageChannel, MessagePort } from 'node:worker_threads';

/**
 * What browsers have, @grafana/* reads on import or on rendering, and jsdom lacks. Layout is none in jsdom: every box
 * gets a size, without which the lists of a Combobox show no option.
 */
Object.assign(globalThis, {
  TextDecoder,
  TextEncoder,
  ReadableStream,
  TransformStream,
  WritableStream,
  MessageChannel,
  MessagePort,
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

const box = { width: 120, height: 120, top: 0, left: 0, bottom: 120, right: 120, x: 0, y: 0 };
Element.prototype.getBoundingClientRect = () => ({ ...box, toJSON: () => box });
Element.prototype.scrollIntoView = () => undefined;
