import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the TypeScript of src/plugin-protocol/generated anew. Needs protoc (Debian: protobuf-compiler). */
const folder = join(import.meta.dirname, '../../src/plugin-protocol/generated');

const options = [
  'env=node',
  'esModuleInterop=true',
  // Node alone reads these: services as @grpc/grpc-js wants them, no JSON form, no helpers to build messages.
  'outputServices=grpc-js',
  'outputJsonMethods=false',
  'outputPartialMethods=false',
  'exportCommonSymbols=false',
  'unrecognizedEnum=false',
  // Keys come from outside: a Map has no `__proto__` to step on.
  'useMapType=true',
  // The versions of the tools would change the files on each machine.
  'annotateFilesWithVersion=false',
];

const plugin = process.platform === 'win32' ? 'protoc-gen-ts_proto.cmd' : 'protoc-gen-ts_proto';

execFileSync(
  'protoc',
  [
    `--plugin=protoc-gen-ts_proto=${join(import.meta.dirname, '../../node_modules/.bin', plugin)}`,
    `--ts_proto_out=${folder}`,
    `--ts_proto_opt=${options.join(',')}`,
    `--proto_path=${folder}`,
    ...readdirSync(folder).filter((file) => file.endsWith('.proto')),
  ],
  { stdio: 'inherit' }
);
