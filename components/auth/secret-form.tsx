"use client";

import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { useHydrated } from "@/components/ui/use-hydrated";

/**
 * A form with a secret in it. Whatever sends it without our script sends a body: nothing typed is ever in an address.
 * `action`: the endpoint of this site that takes it then, where there is one.
 */
export function SecretForm(props: Omit<ComponentProps<"form">, "method" | "action"> & { action?: string }) {
  return <form {...props} method="post" />;
}

/** Its button: dead until the script runs, because only the script can send the form to where it belongs. */
export function SecretSubmit({ disabled, ...rest }: Omit<ComponentProps<typeof Button>, "type">) {
  const hydrated = useHydrated();
  return <Button {...rest} type="submit" disabled={disabled || !hydrated} />;
}
