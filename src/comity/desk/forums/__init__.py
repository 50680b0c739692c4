"""Pages about roll calls of multilateral forums: do they vote as they say?"""
