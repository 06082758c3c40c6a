import { availableParallelism } from "node:os";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const alias = {
  "@": import.meta.dirname,
  // Next's guard throws outside its own bundler; tests are always the server.
  "server-only": path.join(import.meta.dirname, "node_modules/server-only/empty.js"),
};

/** Files that talk to PostgreSQL; everything else is pure and runs without one. */
const database = ["lib/**/{mutations,queries,actions}.test.ts", "lib/**/*.db.test.ts", "prisma/**/*.test.ts"];
/** Those among them that need a process of their own: they launch the engine, start processes, mock or set what is read once. */
const alone = [
  "lib/{workflows,stage}/**/{mutations.test,*.db.test}.ts",
  "lib/agents/*.db.test.ts",
  "lib/auth/{oidc,sign-in,plain-sign-in,first-account}.db.test.ts",
  "lib/imports/mutations/fetch.db.test.ts",
  "lib/ledger/mutations/post.db.test.ts",
  "prisma/**/*.test.ts",
];

const onDatabase = {
  globalSetup: ["scripts/test-database.ts"],
  setupFiles: ["scripts/test-properties.ts", "scripts/test-database-worker.ts"],
  // The engine's driver of the database warns about itself.
  execArgv: ["--disable-warning=DeprecationWarning"],
  // The night’s work is started by its own tests only, and nobody is a demo account.
  env: { TZ: "Asia/Kathmandu", WATCH: "0", DEMO: "0" },
  // Patience only: the browser's tests run beside these and want the same cores.
  testTimeout: 90_000,
  hookTimeout: 90_000,
};

/** What takes minutes because it kills, waits or lives for years; begun last, it would keep all others waiting. */
const LONG =
  /agent-run\.kill|stage-life|outbound|ledger\/mutations\/post|growth-cycle|workflows\/(memo|conditions|initiative)|demo\/load|\.kill\./;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    // An odd offset, so that code that forgets the zone fails.
    env: { TZ: "Asia/Kathmandu" },
    // Files that wait for processes and the database leave room for a second one beside them.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: LongFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          // They are pure: nothing that one file leaves behind can be seen by another.
          isolate: false,
          include: ["{lib,components,app,scripts,prisma}/**/*.test.{ts,tsx}"],
          exclude: [...database, "node_modules/**"],
          setupFiles: ["scripts/test-properties.ts"],
          env: { TZ: "Asia/Kathmandu" },
          // Patience only, on a machine that does something else as well.
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        // Half the processor time: the product is read once per worker, and each file has its own database all the same.
        test: {
          name: "database",
          ...onDatabase,
          isolate: false,
          include: database,
          exclude: [...alone, "node_modules/**"],
        },
      },
      {
        resolve: { alias },
        test: { name: "database-alone", ...onDatabase, include: alone },
      },
    ],
  },
});
