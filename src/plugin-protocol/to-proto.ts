import type { Frame } from './frame';
import * as proto from './generated/backend';
import type { DataResponse, HealthResult, ResourceChunk, SubscribeStatus } from './plugin';
import { toArrow } from './to-arrow';
import { toJson } from './to-json';

const nothing = Buffer.alloc(0);

const healthStatus: Record<HealthResult['status'], proto.CheckHealthResponse_HealthStatus> = {
  ok: proto.CheckHealthResponse_HealthStatus.OK,
  error: proto.CheckHealthResponse_HealthStatus.ERROR,
  unknown: proto.CheckHealthResponse_HealthStatus.UNKNOWN,
};

const subscribeStatus: Record<SubscribeStatus, proto.SubscribeStreamResponse_Status> = {
  ok: proto.SubscribeStreamResponse_Status.OK,
  'not-found': proto.SubscribeStreamResponse_Status.NOT_FOUND,
  'permission-denied': proto.SubscribeStreamResponse_Status.PERMISSION_DENIED,
};

const publishStatus: Record<SubscribeStatus, proto.PublishStreamResponse_Status> = {
  ok: proto.PublishStreamResponse_Status.OK,
  'not-found': proto.PublishStreamResponse_Status.NOT_FOUND,
  'permission-denied': proto.PublishStreamResponse_Status.PERMISSION_DENIED,
};

const encode: Record<proto.DataFrameFormat, (frame: Frame) => Buffer | Promise<Buffer>> = {
  [proto.DataFrameFormat.ARROW]: async (frame) => asBuffer(await toArrow(frame)),
  [proto.DataFrameFormat.JSON]: jsonBytes,
};

export function checkHealthResponse({ status, message, details }: HealthResult): proto.CheckHealthResponse {
  return {
    status: healthStatus[status],
    message,
    jsonDetails: details ? Buffer.from(JSON.stringify(details)) : nothing,
  };
}

/** Of an error, only its message reaches the page by itself. */
function detailsFrame(custom: Record<string, unknown>): Frame {
  return { name: 'Error', fields: [{ name: 'error', type: 'string', nullable: false, values: [] }], meta: { custom } };
}

/** Throws if a frame cannot be encoded. */
export async function dataResponse(
  refId: string,
  { frames, error }: DataResponse,
  format: proto.DataFrameFormat
): Promise<proto.DataResponse> {
  const encoded: Buffer[] = [];
  const all = error?.details ? [...frames, detailsFrame(error.details)] : frames;
  for (const frame of all) {
    encoded.push(await encode[format]({ ...frame, refId: frame.refId ?? refId }));
  }
  return {
    frames: encoded,
    error: error?.message ?? '',
    errorSource: error?.source ?? '',
    status: error?.status ?? 200,
    jsonMeta: nothing,
    format,
  };
}

export function callResourceResponse({ status, headers, body }: ResourceChunk): proto.CallResourceResponse {
  return {
    code: status,
    headers: new Map(Object.entries(headers ?? {}).map(([name, values]) => [name, { values }])),
    body: asBuffer(body),
  };
}

export function subscribeStreamResponse(status: SubscribeStatus, frame?: Frame): proto.SubscribeStreamResponse {
  return { status: subscribeStatus[status], data: frame ? jsonBytes(frame) : nothing };
}

export function publishStreamResponse(status: SubscribeStatus): proto.PublishStreamResponse {
  return { status: publishStatus[status], data: nothing };
}

export function streamPacket(frame: Frame): proto.StreamPacket {
  return { data: jsonBytes(frame) };
}

function jsonBytes(frame: Frame): Buffer {
  return Buffer.from(toJson(frame));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
