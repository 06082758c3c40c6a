import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { newVenture } from "@/lib/workflows/test-support/run-stage";
import { appendChunks } from "../mutations/chunks";
import { applyChunk, type Delivered, EMPTY_RUN, lastText, type RunChunk } from "../run-stream";
import { runEvents } from "./run-events";
import { disconnectFeed } from "./run-feed";

let ventureId: string;
beforeAll(async () => {
  ventureId = await newVenture();
});
afterAll(() => disconnectFeed());

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

async function append(runId: string, chunks: readonly RunChunk[]): Promise<void> {
  const { lastSeq } = await db.agentRun.findUniqueOrThrow({ where: { id: runId } });
  await db.$transaction((tx) => appendChunks(tx, runId, lastSeq, chunks, new Date()));
}

const text = (words: string): RunChunk => ({ type: "text", step: "model:1", text: words });
const over: RunChunk = { type: "end", step: "end", status: "succeeded", reason: null, artefactId: null };

async function end(runId: string): Promise<void> {
  await append(runId, [over]);
  await db.agentRun.update({ where: { id: runId }, data: { status: "succeeded" } });
}

const parse = (body: string): Delivered[] =>
  body.split("\n\n").flatMap((block) => {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    return data ? [JSON.parse(data) as Delivered] : [];
  });

const readAll = async (stream: ReadableStream<Uint8Array>) => parse(await new Response(stream).text());

describe("a reader", () => {
  test("gets what is stored, then what comes, and is let go at the end", async () => {
    const runId = await newRun();
    await append(runId, [text("One. "), text("Other. ")]);
    const reading = readAll(runEvents(runId, 0, { seesRefused: true }));
    await append(runId, [text("Third. ")]);
    await end(runId);
    const delivered = await reading;
    expect(delivered.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(lastText(delivered.reduce(applyChunk, EMPTY_RUN).view)).toBe("One. Other. Third. ");
  });

  test("who comes back after any event gets the rest", async () => {
    const runId = await newRun();
    await append(runId, [text("One. "), text("Other. "), text("Third. ")]);
    await end(runId);
    for (const after of [0, 1, 2, 3, 4]) {
      const delivered = await readAll(runEvents(runId, after, { seesRefused: true }));
      expect(delivered.map(({ seq }) => seq)).toEqual([1, 2, 3, 4].slice(after));
    }
  });

  test("is told that the line is alive while nothing happens, and reads on when it comes back", async () => {
    const runId = await newRun();
    const body = await new Response(
      runEvents(runId, 0, { seesRefused: true, heartbeatMs: 20, lifetimeMs: 120 }),
    ).text();
    expect(body).toContain(": still here");
    expect(parse(body)).toEqual([]);
  });

  test("a slow reader holds nothing up: no more is read than is taken", async () => {
    const runId = await newRun();
    await append(
      runId,
      Array.from({ length: 450 }, (_, index) => text(`${index} `)),
    );
    const reader = runEvents(runId, 0, { seesRefused: true }).getReader();
    await reader.read();
    const first = parse(new TextDecoder().decode((await reader.read()).value));
    expect(first).toHaveLength(200);
    await reader.cancel();
  });

  test("forty readers share one connection that listens", async () => {
    const runId = await newRun();
    const readers = Array.from({ length: 40 }, () => readAll(runEvents(runId, 0, { seesRefused: true })));
    await append(runId, [text("All. ")]);
    const [row] = await db.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) AS "count" FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    expect(row?.count).toBe(1n);
    await end(runId);
    for (const delivered of await Promise.all(readers)) expect(delivered).toHaveLength(2);
  });

  test("sees the words of a refused sentence only when entitled", async () => {
    const runId = await newRun();
    await append(runId, [
      { type: "refused", step: "model:1", subject: "sentence", text: "It is 5.", reasons: ["“5”: a number"] },
    ]);
    await end(runId);
    expect(JSON.stringify(await readAll(runEvents(runId, 0, { seesRefused: true })))).toContain("It is 5.");
    expect(JSON.stringify(await readAll(runEvents(runId, 0, { seesRefused: false })))).not.toMatch(/It is 5|“5”/);
  });
});
