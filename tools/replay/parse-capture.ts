/** One frame of a capture: when it arrived (epoch milliseconds) and its text, or its bytes where it is no text. */
export interface CapturedFrame {
  at: number;
  data: string | Uint8Array;
}

/**
 * Reads a capture file: a line a frame, `{"at": ISO time, "frame": text}` or `{"at": …, "base64": bytes}`.
 * @throws Error that names the line which is neither
 */
export function parseCapture(text: string): CapturedFrame[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') {
      return [];
    }
    const { at, frame, base64 } = JSON.parse(line) as { at: string; frame?: string; base64?: string };
    const data = frame ?? (base64 === undefined ? undefined : Buffer.from(base64, 'base64'));
    if (data === undefined || Number.isNaN(Date.parse(at))) {
      throw new Error(
        `Line ${index + 1} of the capture is no frame: expected {"at": ISO time, "frame" or "base64": …}.`
      );
    }
    return [{ at: Date.parse(at), data }];
  });
}
