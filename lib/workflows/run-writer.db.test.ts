import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { appendChunks } from "@/lib/agents/mutations/chunks";
import { listChunks, listStepChunks } from "@/lib/agents/queries/chunks";
import { applyChunk, EMPTY_RUN, lastText } from "@/lib/agents/run-stream";
import { db } from "@/lib/db";
import { registerExecutor } from "./executors";
import { fencedTransaction, runAsOwner } from "./fence";
import { StepWriter } from "./run-writer";
import { newVenture } from "./test-support/run-stage";

let ventureId: string;
beforeAll(async () => {
  ventureId = await newVenture();
});

async function newRun(): Promise<string> {
  const data = {
    ventureId,
    agent: "growth",
    task: "analyse",
    input: {},
    status: "running" as const,
    model: "m",
    startedBy: "user:u",
  };
  return (await db.agentRun.create({ data })).id;
}

async function speak(runId: string, texts: readonly string[], over = true): Promise<void> {
  const writer = await StepWriter.open(runId, "model:1");
  for (const text of texts) await writer.write({ type: "text", text });
  await (over ? writer.finish() : writer.flush());
}

const textOf = async (runId: string, after = 0, state = EMPTY_RUN) =>
  lastText((await listChunks(runId, after, 1_000)).reduce(applyChunk, state).view);

describe("a step that is done again", () => {
  test("says the same: nothing is written twice", async () => {
    const runId = await newRun();
    await speak(runId, ["One. ", "Other. "], false);
    await speak(runId, ["One. ", "Other. ", "Third. "]);
    const chunks = await listChunks(runId, 0, 100);
    expect(chunks.map(({ seq, chunk }) => [seq, chunk.type])).toEqual([
      [1, "text"],
      [2, "text"],
      [3, "text"],
    ]);
  });

  test("says something else: the rest is taken back first", async () => {
    const runId = await newRun();
    await speak(runId, ["One. ", "Other. ", "Third. "], false);
    await speak(runId, ["One. ", "Changed. "]);
    const chunks = await listChunks(runId, 0, 100);
    expect(chunks.slice(3).map(({ chunk }) => chunk)).toEqual([
      { type: "rewind", step: "model:1", keep: 1 },
      { type: "text", step: "model:1", text: "Changed. " },
    ]);
    expect(await textOf(runId)).toBe("One. Changed. ");
  });

  test("however often it breaks off, a reader from any place ends with the last text", async () => {
    const words = fc.array(fc.constantFrom("a ", "b "), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(words, { maxLength: 3 }),
        words,
        fc.nat({ max: 12 }),
        async (broken, last, resumeAt) => {
          const runId = await newRun();
          for (const texts of broken) await speak(runId, texts, false);
          const early = (await listChunks(runId, 0, resumeAt)).reduce(applyChunk, EMPTY_RUN);
          await speak(runId, last);
          expect(await textOf(runId)).toBe(last.join(""));
          expect(await textOf(runId, early.seq, early)).toBe(last.join(""));
          const { lastSeq } = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
          expect(lastSeq).toBe((await listChunks(runId, 0, 1_000)).length);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("another attempt inside one execution starts over", async () => {
    const runId = await newRun();
    const writer = await StepWriter.open(runId, "model:1");
    await writer.write({ type: "text", text: "Half. " });
    writer.restart();
    await writer.write({ type: "notice", code: "retry", message: "m", model: null });
    await writer.write({ type: "text", text: "Whole. " });
    await writer.finish();
    expect(await textOf(runId)).toBe("Whole. ");
    expect((await listStepChunks(runId, "model:1")).map((chunk) => chunk.type)).toEqual(["notice", "text"]);
  });
});

describe("two that write one run", () => {
  test("of two writers the second is refused and writes nothing", async () => {
    const runId = await newRun();
    const first = await StepWriter.open(runId, "model:1");
    const second = await StepWriter.open(runId, "model:1");
    await first.write({ type: "text", text: "Mine. " });
    await first.flush();
    await expect(second.write({ type: "text", text: "Theirs. " }).then(() => second.flush())).rejects.toThrow("FENCED");
    expect(await textOf(runId)).toBe("Mine. ");
  });

  test("of many that append at one place exactly one wins", async () => {
    const runId = await newRun();
    const append = (text: string) =>
      fencedTransaction((tx) => appendChunks(tx, runId, 0, [{ type: "text", step: "model:1", text }], new Date()));
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => append(`${index}`)));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await listChunks(runId, 0, 100)).toHaveLength(1);
  });

  test("an owner that was replaced while paused can write no more", async () => {
    const runId = await newRun();
    const owner = await registerExecutor("paused");
    await runAsOwner(owner, async () => {
      const writer = await StepWriter.open(runId, "model:1");
      await writer.write({ type: "text", text: "Before. " });
      await writer.flush();
      await registerExecutor("paused");
      await expect(writer.write({ type: "text", text: "After. " }).then(() => writer.flush())).rejects.toThrow(
        "FENCED",
      );
    });
    expect(await textOf(runId)).toBe("Before. ");
  });
});
