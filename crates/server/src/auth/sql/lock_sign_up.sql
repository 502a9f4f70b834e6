-- Two people who sign up at the same moment take turns, so that only one finds the installation unclaimed.
-- No parameters; held until the transaction ends.
lock table auth.users in share row exclusive mode
