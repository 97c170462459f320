/* measure [-n RUNS] COMMAND…: runs a command RUNS times (default 5) with its output thrown away and prints the medians:
 * "WALL_ms CPU_ms PEAK_KiB". CPU is user + system of the whole process, start included. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 101 };

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double milliseconds(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static int run_once(char **command, double *wall, double *cpu, double *peak)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        dup2(null, 1);
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &end);
    *wall = (double)(end.tv_sec - begin.tv_sec) * 1e3 + (double)(end.tv_nsec - begin.tv_nsec) / 1e6;
    *cpu = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    *peak = (double)usage.ru_maxrss;
    return !WIFEXITED(status) || WEXITSTATUS(status) > 1;
}

int main(int argc, char **argv)
{
    int runs = 5, first = 1;
    if (argc > 3 && strcmp(argv[1], "-n") == 0) {
        runs = (int)strtol(argv[2], NULL, 10);
        first = 3;
    }
    if (first >= argc || runs < 1 || runs > MOST_RUNS) {
        fprintf(stderr, "usage: measure [-n RUNS] COMMAND...\n");
        return 64;
    }
    double wall[MOST_RUNS], cpu[MOST_RUNS], peak[MOST_RUNS];
    for (int i = 0; i < runs; i++)
        if (run_once(argv + first, &wall[i], &cpu[i], &peak[i]))
            return 1;
    qsort(wall, (size_t)runs, sizeof *wall, compare);
    qsort(cpu, (size_t)runs, sizeof *cpu, compare);
    qsort(peak, (size_t)runs, sizeof *peak, compare);
    printf("%.1f %.1f %.0f\n", wall[runs / 2], cpu[runs / 2], peak[runs / 2]);
    return 0;
}
