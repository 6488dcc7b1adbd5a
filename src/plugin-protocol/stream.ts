import { answerStream } from './answer-stream';
import { answerUnary } from './answer-unary';
import { streamRequest } from './from-proto';
import type * as proto from './generated/backend';
import type { Logger } from './log';
import type { Plugin } from './plugin';
import { publishStreamResponse, streamPacket, subscribeStreamResponse } from './to-proto';

/** Grafana Live's calls. One RunStream a channel, however many watch it. */
export function stream(plugin: Plugin, log: Logger, stopping: AbortSignal): proto.StreamServer {
  return {
    subscribeStream: answerUnary<proto.SubscribeStreamRequest, proto.SubscribeStreamResponse>(
      log,
      stopping,
      async (request) => {
        const { status, initialFrame } = await plugin.subscribeStream(streamRequest(request));
        return subscribeStreamResponse(status, initialFrame);
      }
    ),
    publishStream: answerUnary<proto.PublishStreamRequest, proto.PublishStreamResponse>(
      log,
      stopping,
      async (request) => publishStreamResponse((await plugin.publishStream(streamRequest(request))).status)
    ),
    runStream: answerStream<proto.RunStreamRequest, proto.StreamPacket>(log, stopping, (request, send, signal) =>
      plugin.runStream(streamRequest(request), async (frame) => send(streamPacket(frame)), signal)
    ),
  };
}
