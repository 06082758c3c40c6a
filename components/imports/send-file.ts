import type { AppErrorCode, Result } from "@/lib/errors";
import type { ImportRefusal } from "@/lib/imports/schema";

export type Sent = { done: number; total: number };

/** XMLHttpRequest, because fetch does not say how much of a body has been sent. */
export function sendFile(
  file: File,
  params: Record<string, string>,
  onProgress: (sent: Sent) => void,
): Promise<Result<{ importId: string }, ImportRefusal | AppErrorCode>> {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ""));
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/imports?${query}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress({ done: event.loaded, total: event.total });
    request.onerror = () => resolve({ ok: false, refusal: "UNAVAILABLE" });
    request.onload = () => {
      const answer: unknown = request.response;
      if (isResult(answer)) resolve(answer);
      else resolve({ ok: false, refusal: errorCode(answer) });
    };
    request.send(file);
  });
}

const isResult = (answer: unknown): answer is Result<{ importId: string }, ImportRefusal> =>
  typeof answer === "object" && answer !== null && ("value" in answer || "refusal" in answer);

function errorCode(answer: unknown): AppErrorCode {
  const code = (answer as { error?: { code?: AppErrorCode } } | null)?.error?.code;
  return code ?? "INTERNAL";
}
