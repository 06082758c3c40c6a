import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function Loading() {
  return <SkeletonLines lines={12} />;
}
