// A process that posts entries by key until it is told to stop or killed: `poster.ts <ventureId> <from> <to>`.
import { db } from "@/lib/db";
import { postTransaction } from "../mutations/post";
import { sale } from "./entries";

const [ventureId = "", from = "0", to = "0"] = process.argv.slice(2);
/** All of these or none: one database transaction. */
const TOGETHER = 10;
const NOW = new Date("2026-11-23T09:00:00Z");
const numbers = Array.from({ length: Number(to) - Number(from) }, (_, index) => Number(from) + index);

async function lane(): Promise<void> {
  for (let some = numbers.splice(0, TOGETHER); some.length > 0; some = numbers.splice(0, TOGETHER)) {
    await db.$transaction(
      async (tx) => {
        for (const number of some) {
          const posted = await postTransaction(tx, "user:poster", sale(ventureId, number), NOW);
          if (!posted.ok) throw new Error(posted.refusal);
        }
      },
      { maxWait: 60_000, timeout: 60_000 },
    );
    process.stdout.write("posted\n".repeat(some.length));
  }
}

await Promise.all(Array.from({ length: 8 }, lane));
process.exit(0);
