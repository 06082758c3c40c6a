"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { ButtonLink } from "@/components/ui/link";

type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** The message of the error never leaves the server; its reference leads to the log. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <>
      <title>This page could not be shown · Chairman</title>
      <h1 className="headline mb-4 text-2xl">This page could not be shown</h1>
      <ErrorState
        title="Something went wrong on our side."
        reference={error.digest}
        action={
          <>
            <Button variant="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/">To the desk</ButtonLink>
          </>
        }
      >
        Nothing was lost: what was saved is kept, and what was not sent was not done. If trying again does not help,
        give the reference to whoever looks after the system.
      </ErrorState>
    </>
  );
}
