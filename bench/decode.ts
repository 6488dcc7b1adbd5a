import { readFileSync } from 'node:fs';
import { decodeFrame } from '../src/amiws/decode-frame';

const rounds = 200;

/** Compares decodeFrame (from bytes, as the socket gives them) with bare JSON.parse (from text) on the same frames. */
const capture = new URL('../tests/captures/two-pbx.jsonl', import.meta.url);
const texts = readFileSync(capture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { frame: string }).frame);
const bytes = texts.map((text) => new TextEncoder().encode(text));

const parse = measure(texts, (text) => JSON.parse(text));
const decode = measure(bytes, (data) => decodeFrame(data, 0));
const skipped = bytes.map((data) => decodeFrame(data, 0).kind === 'skipped');
const ratios = texts.map((_, i) => parse[i]! / decode[i]!);
const only = (kind: boolean, values: number[]): number[] => values.filter((_, i) => skipped[i] === kind);

console.log(`frames ${texts.length}, of which skipped ${only(true, parse).length}`);
console.log(`JSON.parse   ${mean(parse).toFixed(0)} ns a frame`);
console.log(`decodeFrame  ${mean(decode).toFixed(0)} ns a frame (skipped ${mean(only(true, decode)).toFixed(0)} ns)`);
console.log(
  `times faster: median frame ${median(ratios).toFixed(1)}, whole stream ${(mean(parse) / mean(decode)).toFixed(1)}`
);
console.log(
  `skipped frames ${median(only(true, ratios)).toFixed(1)}, used frames ${median(only(false, ratios)).toFixed(1)}`
);

/** Nanoseconds a frame takes: the median of rounds that run each frame in a small batch, after a warm-up. */
function measure<T>(inputs: T[], run: (input: T) => unknown): number[] {
  const batch = 20;
  for (let round = 0; round < 20; round++) {
    inputs.forEach(run);
  }
  const times: number[][] = inputs.map(() => []);
  for (let round = 0; round < rounds / batch; round++) {
    inputs.forEach((input, i) => {
      const start = process.hrtime.bigint();
      for (let n = 0; n < batch; n++) {
        run(input);
      }
      times[i]!.push(Number(process.hrtime.bigint() - start) / batch);
    });
  }
  return times.map(median);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
