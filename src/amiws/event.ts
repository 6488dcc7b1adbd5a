/**
 * An AMI message of one server, as it came through amiws or from the AMI itself. Every value is a string, as on the wire.
 *
 * Source: amiws frames `{type, server_id, server_name, ssl, data}`; type 3 is an event, 4 a response.
 */
export interface AmiEvent {
  kind: 'event';
  /** amiws `server_name`, or what the PBX is called in the settings. */
  server: string;
  /** Name of the event, such as `Cdr` or `QueueCallerJoin`. */
  name: string;
  fields: Readonly<Record<string, string>>;
  /** The event's own time where the PBX adds one (`timestampevents`), else when it arrived here; epoch milliseconds. */
  at: number;
  /**
   * True when the frame was not valid JSON or not valid UTF-8 and its fields were recovered, or when a field that is no
   * text was left out.
   */
  recovered: boolean;
  /** True when it came from the PBX's own AMI, where the connection itself shows what was not heard. */
  direct?: true;
}

/** Answer of a server to an action (a Ping or a QueueStatus). */
export interface AmiResponse {
  kind: 'response';
  server: string;
  fields: Readonly<Record<string, string>>;
  /** When it arrived here, epoch milliseconds. */
  at: number;
}

/** An event that carries nothing we use, told apart before its JSON is parsed. Still a sign of life of its server. */
export interface AmiSkipped {
  kind: 'skipped';
  server: string;
  at: number;
}

/** A frame that could not be read. */
export interface BadFrame {
  kind: 'bad';
  reason: 'too-large' | 'not-json' | 'not-amiws' | 'not-ami' | 'wrong-type' | 'too-many-servers';
  /** The first 200 characters of the frame. */
  excerpt: string;
  at: number;
}

export type AmiFrame = AmiEvent | AmiResponse | AmiSkipped | BadFrame;
