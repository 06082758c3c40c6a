import { expect, test } from "vitest";
import { turnsOf } from "./turns";

test("so many at once, the others in their order, and a turn that fails is free again", async () => {
  const inTurn = turnsOf(2);
  const begun: number[] = [];
  const ends: ((failed: boolean) => void)[] = [];
  const all = [0, 1, 2, 3, 4].map((n) =>
    inTurn(() => {
      begun.push(n);
      return new Promise<number>((resolve, reject) => {
        ends[n] = (failed) => (failed ? reject(new Error(`${n}`)) : resolve(n));
      });
    }),
  );
  const settled = Promise.allSettled(all);
  const end = async (n: number, failed = false) => {
    ends[n]?.(failed);
    await all[n]?.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    return begun.join("");
  };
  expect(begun).toEqual([0, 1]);
  expect(await end(1, true)).toBe("012");
  expect(await end(0)).toBe("0123");
  expect(await end(2)).toBe("01234");
  await end(3);
  await end(4);
  expect((await settled).map(({ status }) => status === "fulfilled")).toEqual([true, false, true, true, true]);
  expect(await inTurn(async () => "free")).toBe("free");
});
