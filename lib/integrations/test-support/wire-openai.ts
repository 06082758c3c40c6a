import type { Answer, Send, Wire } from "./loopback-provider";

/** The chat-completions format, which every server that calls itself compatible speaks. */

const delta = (send: Send, content: unknown, finish: string | null = null, model = "m") =>
  send({
    id: "x",
    object: "chat.completion.chunk",
    created: 0,
    model,
    choices: [{ index: 0, delta: content, finish_reason: finish }],
  });

function end(send: Send, { toolCalls = [], usage = { prompt: 100, completion: 20 } }: Answer): void {
  for (const [index, call] of toolCalls.entries()) {
    delta(send, {
      tool_calls: [{ index, id: call.id, type: "function", function: { name: call.name, arguments: "" } }],
    });
    for (const piece of call.arguments.match(/.{1,12}/gs) ?? []) {
      delta(send, { tool_calls: [{ index, function: { arguments: piece } }] });
    }
  }
  delta(send, {}, toolCalls.length > 0 ? "tool_calls" : "stop");
  if (usage) {
    const { prompt, completion } = usage;
    send({
      id: "x",
      object: "chat.completion.chunk",
      choices: [],
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
    });
  }
  send("[DONE]");
}

export const OPENAI: Wire = {
  base: "/v1",
  error: () => ({ error: { message: "no", type: "error" } }),
  garbage: "data: <html>502 Bad gateway</html>\n\n\u0000\u0001\n\n",
  empty: "data: [DONE]\n\n",
  badChunk: 'data: {"choices": [{"delta"\n\n',
  overloaded: (send) => send({ error: { message: "overloaded", type: "server_error", code: "overloaded" } }),
  begin: (send, model) => delta(send, { role: "assistant", content: "" }, null, model),
  word: (send, content) => delta(send, { content }),
  end,
};
