"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

const ASK_AGAIN_MS = 1_000;

/** Between the verdict and its effect: says so, and shows the effect as soon as it is there. */
export function UntilCarriedOut({ memoId }: { memoId: string }) {
  const router = useRouter();
  const { data, isError } = useQuery({
    queryKey: ["memo-carried-out", memoId],
    refetchInterval: ASK_AGAIN_MS,
    queryFn: async ({ signal }): Promise<{ carriedOut: boolean }> => {
      const answer = await fetch(`/api/memos/${memoId}`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.json();
    },
  });
  const carriedOut = data?.carriedOut ?? false;
  useEffect(() => {
    if (carriedOut) router.refresh();
  }, [carriedOut, router]);
  return isError ? "Your verdict is kept. The server does not answer right now." : "Being carried out.";
}
