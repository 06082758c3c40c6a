import { expect, test } from "vitest";
import { builtInAnalyst } from "./built-in-analyst";

const ONE_HOUR = 3_600_000;

async function firstWords(known: number): Promise<string> {
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Write a poem" }] }];
  const { stream } = await builtInAnalyst(ONE_HOUR, known).doStream({ prompt });
  let text = "";
  for await (const part of stream) if (part.type === "text-delta") text += part.delta;
  return text;
}

test("what readers know already is said without its pauses", async () => {
  expect(await firstWords(1_000)).toBe("This task is not one that the built-in analyst knows.");
});
