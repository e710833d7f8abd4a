/**
 * Training in several processes: what a process is told by the launcher that started it
 * ({@link org.elasticvision.train.distributed.Rank}), and what the processes of a run do together
 * ({@link org.elasticvision.train.distributed.ProcessGroup}).
 */
package org.elasticvision.train.distributed;
