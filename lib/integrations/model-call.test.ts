import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { admit, type Breaker, CLOSED, failed, forgetBreakers } from "./model-breaker";
import { type CallPolicy, callModel, type Listener } from "./model-call";
import { retryAfter } from "./model-failure";
import { providedModel } from "./model-provider";
import { Interrupted } from "./model-stream";
import { type Behaviour, type Loopback, startLoopback } from "./test-support/loopback-provider";

const policy: CallPolicy = {
  attempts: 3,
  backoffMs: 100,
  longestWaitMs: 20_000,
  firstPartMs: 150,
  idleMs: 150,
  breaker: { failures: 3, coolDownMs: 60_000 },
};
/** Only who hangs is left early: on a busy machine the others may take their time. */
function policyOf(script: Parameters<typeof startLoopback>[0]): CallPolicy {
  const hangs = typeof script !== "function" && script.some(({ kind }) => kind === "hang" || kind === "hang-after");
  return hangs ? { ...policy, firstPartMs: 400, idleMs: 400 } : { ...policy, firstPartMs: 20_000, idleMs: 20_000 };
}

const prompt: LanguageModelV4CallOptions["prompt"] = [{ role: "user", content: [{ type: "text", text: "Go" }] }];

let open: Loopback[] = [];
beforeEach(() => forgetBreakers());
afterEach(async () => {
  await Promise.all(open.map((server) => server.close()));
  open = [];
});

async function serve(script: Parameters<typeof startLoopback>[0]): Promise<Loopback> {
  const server = await startLoopback(script);
  open.push(server);
  return server;
}

function named(server: Loopback, AI_MODEL = "openai-compatible/test-model") {
  const provided = providedModel({ AI_MODEL, AI_BASE_URL: server.url, AI_API_KEY: "key" });
  if (!provided) throw new Error("no model");
  return provided;
}

function recorder() {
  let text = "";
  const attempts: (string | null)[] = [];
  const listener: Listener = {
    onAttempt: (_, because) => {
      attempts.push(because);
      text = "";
    },
    onText: (delta) => {
      text += delta;
    },
  };
  return { listener, attempts, text: () => text };
}

let now = new Date("2026-11-22T10:00:00Z");
const waits: number[] = [];
const timing = { now: () => now, wait: async (ms: number) => void waits.push(ms) };
beforeEach(() => {
  waits.length = 0;
  now = new Date("2026-11-22T10:00:00Z");
});

async function run(script: Parameters<typeof startLoopback>[0], AI_MODEL?: string) {
  const server = await serve(script);
  const spare = named(await serve([{ kind: "answer", text: "From the fallback." }]), "openai-compatible/spare");
  const heard = recorder();
  const answer = await callModel(named(server, AI_MODEL), spare, { prompt }, heard.listener, policyOf(script), timing);
  return { server, answer, heard };
}

const ANSWER: Behaviour = { kind: "answer", text: "All is well." };

describe("the provider path", () => {
  test.each(["openai-compatible/m", "openai/m"])("%s streams text, tool calls and usage", async (AI_MODEL) => {
    const call = { id: "c1", name: "venture__performance", arguments: '{"venture":"v"}' };
    const { answer, heard, server } = await run(
      [{ kind: "answer", text: "I look. ", toolCalls: [call], usage: { prompt: 321, completion: 45 } }],
      AI_MODEL,
    );
    expect(heard.text()).toBe("I look. ");
    expect(answer.fallback).toBeNull();
    expect(answer.turn.usage).toEqual({ tokensIn: 321, tokensOut: 45 });
    expect(answer.turn.content).toMatchObject([
      { type: "text", text: "I look. " },
      { type: "tool-call", toolName: "venture__performance", input: '{"venture":"v"}' },
    ]);
    expect(server.requests[0]).toMatchObject({ model: "m", stream: true });
    expect(server.headers[0]?.authorization).toBe("Bearer key");
  });

  test("tokens are estimated, high, when the provider does not count them", async () => {
    const { answer } = await run([{ kind: "answer", text: "All is well.", usage: null }]);
    expect(answer.turn.usage.tokensOut).toBeGreaterThan(3);
  });
});

describe("retries", () => {
  const failing: [string, Behaviour, string][] = [
    ["429", { kind: "status", status: 429, headers: { "retry-after": "7" } }, "is rate limited (429)"],
    ["500", { kind: "status", status: 500 }, "answered 500"],
    ["503 with a page", { kind: "status", status: 503, body: "<html>" }, "answered 503"],
    ["a hang", { kind: "hang" }, "timed out"],
    ["a stream that falls silent", { kind: "hang-after", text: "All is" }, "timed out"],
    ["garbage", { kind: "garbage" }, "answered with garbage"],
    ["a broken chunk", { kind: "bad-chunk", text: "All " }, "answered with garbage"],
    ["half a stream", { kind: "half", text: "All is " }, "broke off in the middle"],
    ["an empty answer", { kind: "empty" }, "broke off in the middle"],
  ];
  test.each(failing)("%s, then an answer", async (_, behaviour, because) => {
    const { answer, heard, server } = await run([behaviour, ANSWER]);
    expect(answer).toMatchObject({ fallback: null, label: "openai-compatible/test-model" });
    expect(heard.attempts).toEqual([null, `openai-compatible/test-model ${because}`]);
    expect(heard.text()).toBe("All is well.");
    expect(server.requests).toHaveLength(2);
  });

  test.each(failing)("%s for ever falls back, labelled", async (_, behaviour, because) => {
    const { answer, heard, server } = await run([behaviour]);
    expect(answer).toMatchObject({
      label: "openai-compatible/spare",
      fallback: `openai-compatible/test-model ${because}`,
    });
    expect(heard.text()).toBe("From the fallback.");
    expect(server.requests).toHaveLength(3);
  });

  test("a connection that is cut is retried", async () => {
    const { answer, server } = await run([{ kind: "cut", text: "All is " }, ANSWER]);
    expect(answer.fallback).toBeNull();
    expect(server.requests).toHaveLength(2);
  });

  test("Retry-After is honoured, otherwise the wait doubles", async () => {
    await run([{ kind: "status", status: 429, headers: { "retry-after": "7" } }, ANSWER]);
    expect(waits).toEqual([7_000]);
    waits.length = 0;
    forgetBreakers();
    await run([{ kind: "status", status: 500 }]);
    expect(waits).toEqual([100, 200]);
  });

  test("who asks for a long wait has failed at once", async () => {
    const { answer, server } = await run([{ kind: "status", status: 429, headers: { "retry-after": "3600" } }]);
    expect(answer.fallback).toContain("429");
    expect(server.requests).toHaveLength(1);
  });

  test.each([400, 401, 403, 404])("%i is not retried", async (status) => {
    const { answer, server } = await run([{ kind: "status", status }]);
    expect(answer.fallback).toContain(String(status));
    expect(server.requests).toHaveLength(1);
  });

  test("an unreachable server falls back", async () => {
    const server = await startLoopback([ANSWER]);
    const gone = named(server);
    await server.close();
    const spare = named(await serve([ANSWER]));
    const answer = await callModel(gone, spare, { prompt }, recorder().listener, policyOf([]), timing);
    expect(answer.fallback).toContain("cannot be reached");
  });

  test("Retry-After as seconds and as a date", () => {
    expect(retryAfter({ "Retry-After": "2" }, now)).toBe(2_000);
    expect(retryAfter({ "retry-after": "Sun, 22 Nov 2026 10:00:05 GMT" }, now)).toBe(5_000);
    expect(retryAfter({ "retry-after": "soon" }, now)).toBeNull();
    expect(retryAfter({}, now)).toBeNull();
  });
});

describe("the breaker", () => {
  test("after three failures nobody asks; after the cool-down one tries; success closes it", async () => {
    let healthy = false;
    const server = await serve(() => (healthy ? ANSWER : { kind: "status", status: 500 }));
    const spare = named(await serve([ANSWER]), "openai-compatible/spare");
    const ask = () => callModel(named(server), spare, { prompt }, recorder().listener, policyOf([]), timing);
    expect((await ask()).fallback).toContain("500");
    expect(server.requests).toHaveLength(3);
    expect((await ask()).fallback).toContain("resting");
    expect(server.requests).toHaveLength(3);
    now = new Date(now.getTime() + 60_000);
    expect((await ask()).fallback).toContain("500");
    expect(server.requests).toHaveLength(4);
    now = new Date(now.getTime() + 60_000);
    healthy = true;
    expect((await ask()).fallback).toBeNull();
    expect((await ask()).fallback).toBeNull();
  });

  test("half-open admits one at a time", () => {
    const { breaker: limits } = policy;
    let breaker: Breaker = CLOSED;
    for (let index = 0; index < 3; index += 1) breaker = failed(breaker, limits, 0);
    expect(admit(breaker, limits, 59_999).admitted).toBe(false);
    const trial = admit(breaker, limits, 60_000);
    expect(trial.admitted).toBe(true);
    expect(admit(trial.breaker, limits, 60_001).admitted).toBe(false);
    expect(admit(trial.breaker, limits, 120_000).admitted).toBe(true);
    expect(admit(failed(trial.breaker, limits, 60_500), limits, 61_000).admitted).toBe(false);
  });
});

describe("who listens decides", () => {
  test("what the listener throws comes through as it is and is no fault of the provider", async () => {
    const server = await serve([ANSWER]);
    const listener: Listener = {
      onAttempt: () => undefined,
      onText: () => {
        throw new RangeError("refused");
      },
    };
    await expect(callModel(named(server), named(server), { prompt }, listener, policyOf([]), timing)).rejects.toThrow(
      RangeError,
    );
    expect(server.requests).toHaveLength(1);
  });

  test("an abort ends the call without a retry", async () => {
    const server = await serve([{ kind: "hang" }]);
    const abort = new AbortController();
    const call = callModel(
      named(server),
      named(server),
      { prompt, abortSignal: abort.signal },
      recorder().listener,
      policy,
      timing,
    );
    abort.abort();
    await expect(call).rejects.toThrow(Interrupted);
  });
});

const OTHERS: readonly ["anthropic" | "google", string, string, string, string, string][] = [
  // The adapter says of a first event that is no JSON only that it is an error.
  ["anthropic", "anthropic/m", "/v1/messages", "x-api-key", "is overloaded (529)", "reported an error"],
  [
    ...(["google", "google/m", "/v1beta/models/m:streamGenerateContent?alt=sse", "x-goog-api-key"] as const),
    ...(["answered 503", "answered with garbage"] as const),
  ],
];

describe.each(OTHERS)("%s on the wire", (wire, AI_MODEL, path, keyHeader, overloaded, garbage) => {
  async function ask(script: Parameters<typeof startLoopback>[0]) {
    const server = await startLoopback(script, wire);
    open.push(server);
    const spare = named(await serve([{ kind: "answer", text: "From the fallback." }]), "openai-compatible/spare");
    const heard = recorder();
    const answer = await callModel(
      named(server, AI_MODEL),
      spare,
      { prompt },
      heard.listener,
      policyOf(script),
      timing,
    );
    return { server, answer, heard };
  }

  test("text by words, tool calls and usage, at the base address with the key", async () => {
    const call = { id: "toolu_1", name: "venture__performance", arguments: '{"venture":"v","months":12}' };
    const { answer, heard, server } = await ask([
      { kind: "answer", text: "I look. ", toolCalls: [call], usage: { prompt: 321, completion: 45 } },
    ]);
    expect(heard.text()).toBe("I look. ");
    expect(answer).toMatchObject({ fallback: null, label: AI_MODEL });
    expect(answer.turn.usage).toEqual({ tokensIn: 321, tokensOut: 45 });
    expect(answer.turn.finishReason.unified).toBe("tool-calls");
    const calls = answer.turn.content.filter((part) => part.type === "tool-call");
    expect(calls).toMatchObject([{ toolName: "venture__performance" }]);
    expect(JSON.parse(calls[0]?.input ?? "")).toEqual({ venture: "v", months: 12 });
    expect(server.paths).toEqual([path]);
    expect(server.headers[0]?.[keyHeader]).toBe("key");
  });

  const failing: [string, Behaviour, string][] = [
    ["429", { kind: "status", status: 429, headers: { "retry-after": "7" } }, "is rate limited (429)"],
    ["500", { kind: "status", status: 500 }, "answered 500"],
    ["529, overloaded", { kind: "status", status: 529 }, "is overloaded (529)"],
    ["503 with a page", { kind: "status", status: 503, body: "<html>" }, "answered 503"],
    ["overloaded in the middle of the stream", { kind: "overloaded", text: "All is " }, overloaded],
    ["overloaded before a word", { kind: "overloaded", text: "" }, overloaded],
    ["a hang", { kind: "hang" }, "timed out"],
    ["a stream that falls silent", { kind: "hang-after", text: "All is" }, "timed out"],
    ["garbage", { kind: "garbage" }, garbage],
    ["a broken chunk", { kind: "bad-chunk", text: "All " }, "answered with garbage"],
    ["half a stream", { kind: "half", text: "All is " }, "broke off in the middle"],
    ["an empty answer", { kind: "empty" }, "broke off in the middle"],
  ];
  test.each(failing)("%s, then an answer", async (_, behaviour, because) => {
    const { answer, heard, server } = await ask([behaviour, ANSWER]);
    expect(answer).toMatchObject({ fallback: null, label: AI_MODEL });
    expect(heard.attempts).toEqual([null, `${AI_MODEL} ${because}`]);
    expect(heard.text()).toBe("All is well.");
    expect(server.requests).toHaveLength(2);
  });

  test.each(failing)("%s for ever falls back, labelled", async (_, behaviour, because) => {
    const { answer, heard, server } = await ask([behaviour]);
    expect(answer).toMatchObject({ label: "openai-compatible/spare", fallback: `${AI_MODEL} ${because}` });
    expect(heard.text()).toBe("From the fallback.");
    expect(server.requests).toHaveLength(3);
  });

  test("a connection that is cut is retried; Retry-After is waited for; a refused key is not tried again", async () => {
    expect((await ask([{ kind: "cut", text: "All is " }, ANSWER])).answer.fallback).toBeNull();
    waits.length = 0;
    await ask([{ kind: "status", status: 429, headers: { "retry-after": "7" } }, ANSWER]);
    expect(waits).toEqual([7_000]);
    for (const status of [400, 401, 403, 404]) {
      forgetBreakers();
      const { answer, server } = await ask([{ kind: "status", status }]);
      expect(answer.fallback).toContain(String(status));
      expect(server.requests).toHaveLength(1);
    }
  });

  test("after three failures it rests for a minute, then one call tries", async () => {
    const server = await startLoopback([{ kind: "status", status: 529 }], wire);
    open.push(server);
    const spare = named(await serve([ANSWER]), "openai-compatible/spare");
    const again = () =>
      callModel(named(server, AI_MODEL), spare, { prompt }, recorder().listener, policyOf([]), timing);
    expect((await again()).fallback).toContain("529");
    expect((await again()).fallback).toContain("resting");
    expect(server.requests).toHaveLength(3);
    now = new Date(now.getTime() + 60_000);
    await again();
    expect(server.requests).toHaveLength(4);
  });

  test("an abort ends the call without a retry", async () => {
    const server = await startLoopback([{ kind: "hang-after", text: "All is " }], wire);
    open.push(server);
    const abort = new AbortController();
    const listener: Listener = { onAttempt: () => undefined, onText: () => abort.abort() };
    const call = { prompt, abortSignal: abort.signal };
    await expect(
      callModel(named(server, AI_MODEL), named(server, AI_MODEL), call, listener, policy, timing),
    ).rejects.toThrow(Interrupted);
    expect(server.requests).toHaveLength(1);
  });
});

describe("settings", () => {
  test("none means none; a wrong one is named", () => {
    expect(providedModel({})).toBeNull();
    for (const AI_MODEL of ["gpt", "mistral/large", "openai/", "openai-compatible/m"]) {
      expect(() => providedModel({ AI_MODEL })).toThrow("INVALID_INPUT");
    }
  });
  test.each(["openai/m", "anthropic/m", "google/m"])("%s is made without a call", (AI_MODEL) => {
    expect(providedModel({ AI_MODEL, AI_API_KEY: "k" })?.model.specificationVersion).toBe("v4");
  });
});
