/** Address, as gRPC wants it, in the first line that a plugin prints: `core|protocol|network|address|grpc|certificate`. */
export function addressOf(line: string): string {
  const [core, protocol, network, address, kind] = line.trim().split('|');
  // Source: hashicorp/go-plugin, client.go (CoreProtocolVersion) and Grafana's protocol version 2.
  if (core !== '1' || protocol !== '2' || kind !== 'grpc' || !address) {
    throw new Error(`Found the handshake "${line}", expected "1|2|unix|<socket>|grpc|": is this a Grafana plugin?`);
  }
  if (network !== 'unix' && network !== 'tcp') {
    throw new Error(`The handshake names the network "${network}", expected unix or tcp.`);
  }
  return network === 'unix' ? `unix:${address}` : address;
}
