/**
 * Loads the demo portfolio into an empty database: `node --import ./scripts/resolve.mjs prisma/seed.ts`. Leaves a
 * database with ventures of its own alone; a seeding that was cut off is completed by the next start.
 */
import { disconnect } from "@/lib/db";
import { disconnectEngineClient } from "@/lib/workflows/transport";
import { seedDemo } from "./demo/load";

try {
  await seedDemo((line) => process.stdout.write(`${line}\n`));
} finally {
  await disconnectEngineClient();
  await disconnect();
}
