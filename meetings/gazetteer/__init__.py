"""The places of the world in one read-only SQLite file, and how a typed text finds them. No network.

`sources` reads the packages that carry the data, `build` writes the file, `store` asks it, `typed` takes a
typed text apart, `understand` answers it, `suggesting` completes it, `pins` places listings. Everything else
goes through `meetings.geocode`.
"""
