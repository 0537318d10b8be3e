/**
 * The @magenta/music side of the comparison: `node magenta_js.js (cpu|wasm|tensorflow)`.
 *
 * Reads one JSON command per line and answers with one JSON object per line, as worker.py does for
 * the Python programs. The backend decides which tfjs does the arithmetic: its plain JavaScript,
 * WebAssembly with SIMD, or TensorFlow's own kernels through tfjs-node.
 */
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const readline = require('node:readline');

const backend = process.argv[2];
const answer = (value) => process.stdout.write(JSON.stringify(value) + '\n');
// The library logs to the console whatever its verbosity is set to; standard output is ours.
console.log = console.info = console.warn = console.error = () => {};

const started = process.hrtime.bigint();
const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

globalThis.fetch = require('node-fetch'); // Node's own refuses the answers that tfjs expects.
if (backend === 'tensorflow') require('@tensorflow/tfjs-node');
const tf = require('@tensorflow/tfjs');
if (backend === 'wasm') {
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + path.sep);
}
const { MusicVAE, MidiMe } = require('@magenta/music/node/music_vae');
const importSeconds = seconds(started);

const DEPTH = 90;
let model;
let workload;

/** The checkpoint comes over HTTP from this machine: the library reads it in no other way. */
async function load({ weights, workload: file }) {
  workload = JSON.parse(fs.readFileSync(file, 'utf8'));
  const server = http.createServer((request, response) =>
    fs.createReadStream(path.join(weights, path.basename(request.url))).pipe(response));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const since = process.hrtime.bigint();
  await tf.setBackend(backend);
  await tf.ready();
  model = new MusicVAE(`http://127.0.0.1:${server.address().port}`);
  await model.initialize();
  const loadSeconds = seconds(since);
  server.closeAllConnections();
  server.close();
  return { import_seconds: importSeconds, load_seconds: loadSeconds, versions: {
    node: process.version, tfjs: tf.version_core, backend: tf.getBackend() } };
}

function oneHot(tokens) {
  return tf.tidy(() => tf.oneHot(tf.tensor2d(tokens, undefined, 'int32'), DEPTH).toFloat());
}

async function encode(tokens) {
  const input = oneHot(tokens);
  const mu = await model.encodeTensors(input);
  const values = await mu.data();
  const shape = mu.shape;
  tf.dispose([input, mu]);
  return { values, shape };
}

async function decode(z, temperature) {
  const input = tf.tensor2d(z);
  const output = await model.decodeTensors(input, temperature);
  const best = output.argMax(-1);
  const tokens = await best.array();
  tf.dispose([input, output, best]);
  return tokens;
}

async function train(z, epochs) {
  const input = tf.tensor2d(z);
  const midime = new MidiMe({ epochs });
  midime.initialize();
  let total;
  await midime.train(input, (_, losses) => { total = losses.total; });
  try {
    midime.dispose();
  } catch {
    // It disposes of its encoder twice and throws, with everything freed by then.
  }
  input.dispose();
  return typeof total === 'number' ? total : (await total.data())[0];
}

const tasks = {
  encode: ({ batch }) => encode(workload.tokens.slice(0, batch)),
  decode: ({ batch }) => decode(workload.z.slice(0, batch)),
  sample: ({ batch }) => decode(workload.z.slice(0, batch), workload.temperature),
  train: ({ batch, epochs }) => train(workload.songs.slice(0, batch), epochs),
};

async function parity({ batch }) {
  const { values, shape } = await encode(workload.tokens.slice(0, batch));
  const mu = [];
  for (let row = 0; row < shape[0]; row++) {
    mu.push(Array.from(values.slice(row * shape[1], (row + 1) * shape[1])));
  }
  return { mu, tokens: await decode(workload.z.slice(0, batch)) };
}

/** Call a task until `seconds` have passed, at least `at_least` times. */
async function measure(command) {
  const wall = [];
  let last;
  const cpu = cpuSeconds();
  const since = process.hrtime.bigint();
  while (wall.length < command.at_least || seconds(since) < command.seconds) {
    const call = process.hrtime.bigint();
    last = await tasks[command.task](command);
    wall.push(seconds(call));
  }
  return { wall, cpu: cpuSeconds() - cpu, last: typeof last === 'number' ? last : null };
}

const commands = { load, parity, measure };

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    try {
      answer(await commands[command.do](command));
    } catch (error) {
      answer({ error: String(error && error.stack || error) });
    }
  }
  process.exit(0);
})();
