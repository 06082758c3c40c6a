#!/usr/bin/env node
// Prisma's command line talks JSON-RPC with a native schema engine, which is a download. This one answers the same
// calls with the WASM build of that engine, over the pg driver adapter.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const require = createRequire(import.meta.url);
const INTERNAL_CHAR_OID = 18;
const TEXT_OID = 25;

const options = readArguments(process.argv.slice(2));
if (options.version) {
  console.log("schema-engine-wasm");
  process.exit(0);
}
const url = options.datasource.url ?? process.env.DATABASE_URL;
if (options.command) process.exit(await runCommand(options.command));
await serve();

function readArguments(words) {
  const read = { version: words.includes("--version"), datamodels: [], datasource: {}, command: null };
  for (let i = 0; i < words.length; i++) {
    if (words[i] === "--datamodels") read.datamodels.push(words[++i]);
    else if (words[i] === "--datasource") read.datasource = JSON.parse(words[++i]);
    else if (words[i] === "cli") read.command = words[++i];
  }
  return read;
}

async function withClient(address, use) {
  const client = new pg.Client(address);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

function administration() {
  const address = new URL(url);
  const name = decodeURIComponent(address.pathname.slice(1));
  address.pathname = "/postgres";
  return { address: address.toString(), name };
}

async function createDatabase() {
  const { address, name } = administration();
  await withClient(address, (client) => client.query(`CREATE DATABASE ${quoted(name)}`)).catch((error) => {
    if (error.code !== "42P04") throw error;
  });
  return name;
}

async function dropDatabase(name) {
  const { address } = administration();
  await withClient(address, (client) => client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`));
}

/** `schema-engine cli <command>`: the exit code is the answer, a log line on standard error the reason. */
async function runCommand(command) {
  try {
    if (command === "can-connect-to-database") await withClient(url, () => undefined);
    else if (command === "create-database") await createDatabase();
    else if (command === "drop-database") await dropDatabase(administration().name);
    return 0;
  } catch (error) {
    const fields = { message: error.message, error_code: error.code === "3D000" ? "P1003" : "P1001", is_panic: false };
    console.error(JSON.stringify({ level: "ERROR", fields, target: "schema_engine::logger" }));
    return 1;
  }
}

/** adapter-pg rejects the catalog's internal "char" type; the engine wants it as a character. */
function adapt(adapter) {
  const original = Object.getPrototypeOf(adapter).queryRaw;
  adapter.queryRaw = async (query) => {
    const answer = await adapter.performIO(query);
    const isChar = answer.fields.map((field) => field.dataTypeID === INTERNAL_CHAR_OID);
    const fields = answer.fields.map((field, i) => ({
      ...field,
      name: field.name,
      dataTypeID: isChar[i] ? TEXT_OID : field.dataTypeID,
    }));
    const replay = Object.create(adapter, { performIO: { value: async () => ({ ...answer, fields }) } });
    const result = await original.call(replay, query);
    result.columnTypes = result.columnTypes.map((type, i) => (isChar[i] ? ColumnTypeEnum.Character : type));
    return result;
  };
  // The driver's own version cuts scripts at every semicolon, also inside function bodies.
  adapter.executeScript = async (script) => {
    await adapter.client.query(script);
  };
  return adapter;
}

class AdapterFactory extends PrismaPg {
  constructor(address) {
    super(new pg.Pool({ connectionString: address, max: 4 }), { disposeExternalPool: true });
    this.address = address;
  }

  async connect() {
    return adapt(await super.connect());
  }

  async connectToShadowDb() {
    const given = options.datasource.shadowDatabaseUrl;
    if (given) return new AdapterFactory(given).connect();
    const name = `prisma_shadow_${process.pid}_${Date.now()}`;
    await withClient(administration().address, (client) => client.query(`CREATE DATABASE ${quoted(name)}`));
    const address = new URL(this.address);
    address.pathname = `/${name}`;
    const adapter = await new AdapterFactory(address.toString()).connect();
    const dispose = adapter.dispose.bind(adapter);
    adapter.dispose = async () => {
      await dispose();
      await dropDatabase(name);
    };
    return adapter;
  }
}

async function loadEngine() {
  const panic = (message) => console.error(JSON.stringify({ level: "ERROR", fields: { message } }));
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: panic };
  const file = require.resolve("@prisma/schema-engine-wasm").replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(file), { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const models = options.datamodels.map((name) => [name, readFileSync(name, "utf8")]);
  const factory = bindMigrationAwareSqlAdapterFactory(new AdapterFactory(url));
  return bindings.SchemaEngine.new({ datamodels: models.length ? models : undefined }, () => undefined, factory);
}

async function serve() {
  let loading;
  const engine = () => {
    loading ??= loadEngine();
    return loading;
  };
  const own = {
    getDatabaseVersion: async (params) => (await engine()).version(params),
    createDatabase: async () => ({ databaseName: await createDatabase() }),
    ensureConnectionValidity: () => withClient(url, () => ({})),
  };
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const call = async (method, params) => {
    if (own[method]) return own[method](params);
    const loaded = await engine();
    if (typeof loaded[method] !== "function") throw new Error(`The schema engine has no ${method}`);
    const result = await loaded[method](params);
    if (method === "diff" && result.stdout) send({ id: 0, method: "print", params: { content: result.stdout } });
    return result;
  };

  const lines = createInterface({ input: process.stdin });
  let open = 0;
  let closed = false;
  const leave = () => closed && open === 0 && process.exit(0);
  lines.on("close", () => {
    closed = true;
    leave();
  });
  lines.on("line", async (line) => {
    const { id, method, params } = JSON.parse(line);
    if (!method) return; // the command line's answer to our print
    open += 1;
    try {
      send({ id, result: (await call(method, params)) ?? {} });
    } catch (error) {
      const data = {
        is_panic: false,
        message: error.message ?? String(error),
        error_code: error.code ?? error.errorCode,
        meta: error.meta ?? {},
      };
      send({ id, error: { code: 4466, message: "An error happened. Check the data field for details.", data } });
    }
    open -= 1;
    leave();
  });
}
