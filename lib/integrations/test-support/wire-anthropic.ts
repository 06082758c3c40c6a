import type { Answer, Send, Wire } from "./loopback-provider";

/** Anthropic's Messages API: named events, blocks that begin, grow and end (docs: "Streaming messages"). */

const say = (send: Send, event: { type: string } & Record<string, unknown>) => send(event, event.type);

function begin(send: Send, model: string): void {
  const usage = { input_tokens: 100, output_tokens: 1 };
  const message = { id: "msg_1", type: "message", role: "assistant", model, content: [], stop_reason: null };
  say(send, { type: "message_start", message: { ...message, stop_sequence: null, usage } });
  say(send, { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
  say(send, { type: "ping" });
}

const word = (send: Send, text: string) =>
  say(send, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });

function end(send: Send, { toolCalls = [], usage = { prompt: 100, completion: 20 } }: Answer): void {
  say(send, { type: "content_block_stop", index: 0 });
  for (const [position, { id, name, arguments: input }] of toolCalls.entries()) {
    const index = position + 1;
    say(send, { type: "content_block_start", index, content_block: { type: "tool_use", id, name, input: {} } });
    for (const partial_json of input.match(/.{1,12}/gs) ?? []) {
      say(send, { type: "content_block_delta", index, delta: { type: "input_json_delta", partial_json } });
    }
    say(send, { type: "content_block_stop", index });
  }
  const counted = usage ?? { prompt: 100, completion: 20 };
  const delta = { stop_reason: toolCalls.length > 0 ? "tool_use" : "end_turn", stop_sequence: null };
  const total = { input_tokens: counted.prompt, output_tokens: counted.completion };
  say(send, { type: "message_delta", delta, usage: total });
  say(send, { type: "message_stop" });
}

export const ANTHROPIC: Wire = {
  base: "/v1",
  error: (status) => ({
    type: "error",
    error: {
      type: status === 529 ? "overloaded_error" : status === 429 ? "rate_limit_error" : "api_error",
      message: "no",
    },
  }),
  garbage: "event: message_start\ndata: <html>502 Bad gateway</html>\n\n\u0000\u0001\n\n",
  empty: 'event: ping\ndata: {"type":"ping"}\n\n',
  badChunk: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta"\n\n',
  overloaded: (send) => say(send, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }),
  begin,
  word,
  end,
};
