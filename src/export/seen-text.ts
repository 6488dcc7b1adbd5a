import type { TextOrigin } from '../answers/answer';

/** A text, by where it comes from, as whoever asks for a file may see it. */
export type SeenText = (origin: TextOrigin, text: string) => string;
