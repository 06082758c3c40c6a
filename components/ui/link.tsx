import type { ComponentProps } from "react";
import { AppLink } from "./app-link";
import { type ButtonVariant, buttonStyle } from "./button-style";
import { classNames } from "./class-names";

type LinkProps = ComponentProps<typeof AppLink>;

/** A link in running text or a cell: accent, underlined when pointed at; `quiet` reads as text until then. */
export function TextLink({ className, quiet, ...rest }: LinkProps & { quiet?: boolean }) {
  return (
    <AppLink
      className={classNames(
        "rounded-sm underline-offset-3 hover:underline",
        quiet ? "text-ink" : "text-accent underline decoration-line",
        className,
      )}
      {...rest}
    />
  );
}

export function ButtonLink({ variant, className, ...rest }: LinkProps & { variant?: ButtonVariant }) {
  return <AppLink className={buttonStyle(variant, className)} {...rest} />;
}
