import { Box, Skeleton, Stack } from '@mantine/core';

/** A page's content while it loads. */
export function PageSkeleton() {
  return (
    <Stack gap="md" aria-hidden>
      <Skeleton height={130} radius="lg" />
      <Skeleton height={200} radius="lg" />
    </Stack>
  );
}

/** A whole page while its code loads. */
export function PageFallback() {
  return (
    <Box p="xl" aria-hidden>
      <Skeleton height={24} width={200} mb="lg" />
      <PageSkeleton />
    </Box>
  );
}
