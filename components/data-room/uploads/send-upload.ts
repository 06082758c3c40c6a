export type Answer = { state: "done" | "duplicate" | "failed"; said: string | null };
export type Sending = { answer: Promise<Answer>; abort: () => void };
type Wire =
  | { ok: true; value: { number: string | null; duplicate: boolean } }
  | { ok: false; refusal?: string; error?: { code?: string } };

/** XMLHttpRequest, because fetch does not say how much of a body has been sent. */
export function sendUpload(
  roomId: string,
  file: File,
  params: Record<string, string>,
  onSent: (bytes: number) => void,
): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<Answer>((resolve) => {
    request.open("POST", `/api/data-room/${roomId}/files?${new URLSearchParams(params)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onerror = () => resolve({ state: "failed", said: "UNAVAILABLE" });
    request.onabort = () => resolve({ state: "failed", said: "UNAVAILABLE" });
    request.onload = () => {
      const wire = request.response as Wire | null;
      if (wire?.ok) resolve({ state: wire.value.duplicate ? "duplicate" : "done", said: wire.value.number });
      else resolve({ state: "failed", said: wire?.refusal ?? wire?.error?.code ?? "INTERNAL" });
    };
    request.send(file);
  });
  return { answer, abort: () => request.abort() };
}
