"""Complaints and denunciations (khiếu nại, tố cáo; R42, R82-R86): a track of its own, for nobody else."""
