"""How gunicorn runs a service; it reads this file where it is started."""

import os

# What a service keeps is in its memory.
workers = 1
# More than passwords may wait to be hashed (64), so that somebody always answers for health and metrics.
threads = 100
# A slow disk would let gunicorn believe that the worker hangs; and an image's file system may be read-only.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
