"use client";

import { PageError } from "@/components/shell/page-error";

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-3xl px-4 py-16">
      <PageError error={error} retry={reset} />
    </main>
  );
}
