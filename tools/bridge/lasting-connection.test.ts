import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { lastingConnection } from './lasting-connection';
import type { AmiMessage } from './ami-connection';

/** A PBX that lets everybody in; `links` holds who is connected. */
async function pbx(port = 0): Promise<{ server: Server; links: Socket[]; port: number }> {
  const links: Socket[] = [];
  const server = createServer((socket) => {
    links.push(socket);
    socket.on('error', () => undefined);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', () => socket.write('Response: Success\r\nChallenge: 1\r\n\r\n'));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, links, port: (server.address() as AddressInfo).port };
}

const heard = async (messages: readonly AmiMessage[], count: number): Promise<void> => {
  while (messages.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

it('a PBX that restarts is heard again', async () => {
  const first = await pbx();
  const messages: AmiMessage[] = [];
  const connection = await lastingConnection(
    { name: 'pbx', host: '127.0.0.1', port: first.port, user: 'amiws', secret: 'amiws' },
    (message) => messages.push(message)
  );
  first.links[0]!.write('Event: Shutdown\r\n\r\n');
  await heard(messages, 1);
  first.server.close();
  first.links.forEach((link) => link.destroy());
  const second = await pbx(first.port);
  await once(second.server, 'connection');
  await once(second.links[0]!, 'data');
  await once(second.links[0]!, 'data');
  second.links[0]!.write('Event: FullyBooted\r\n\r\n');
  await heard(messages, 2);
  expect(messages).toEqual([{ Event: 'Shutdown' }, { Event: 'FullyBooted' }]);
  connection.close();
  second.server.close();
});
