import type { Answer, Send, Wire } from "./loopback-provider";

/** Gemini's streamGenerateContent with alt=sse: each event is a whole response with the parts that are new. */

const part = (send: Send, parts: readonly unknown[], more: object = {}, usage: object = {}) =>
  send({ candidates: [{ index: 0, content: { role: "model", parts }, ...more }], modelVersion: "m", ...usage });

function end(send: Send, { toolCalls = [], usage = { prompt: 100, completion: 20 } }: Answer): void {
  const calls = toolCalls.map(({ name, arguments: input }) => ({ functionCall: { name, args: JSON.parse(input) } }));
  const counted = usage
    ? {
        usageMetadata: {
          promptTokenCount: usage.prompt,
          candidatesTokenCount: usage.completion,
          totalTokenCount: usage.prompt + usage.completion,
        },
      }
    : {};
  part(send, calls.length > 0 ? calls : [{ text: "" }], { finishReason: "STOP" }, counted);
}

export const GOOGLE: Wire = {
  base: "/v1beta",
  error: (status) => ({
    error: { code: status, message: "no", status: status === 429 ? "RESOURCE_EXHAUSTED" : "UNAVAILABLE" },
  }),
  garbage: "data: <html>502 Bad gateway</html>\n\n\u0000\u0001\n\n",
  empty: "\n",
  badChunk: 'data: {"candidates": [{"content"\n\n',
  overloaded: (send) => send({ error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }),
  begin: () => undefined,
  word: (send, text) => part(send, [{ text }]),
  end,
};
