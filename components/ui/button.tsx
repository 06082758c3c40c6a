import type { ComponentProps } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style";

type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  /** The action runs: says so to screen readers and refuses a second press without losing focus. */
  busy?: boolean;
};

export function Button({ variant, busy, className, type = "button", onClick, ...rest }: ButtonProps) {
  return (
    <button
      type={busy && type === "submit" ? "button" : type}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      className={buttonStyle(variant, className)}
      onClick={busy ? undefined : onClick}
      {...rest}
    />
  );
}
